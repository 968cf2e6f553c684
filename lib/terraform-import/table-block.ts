import { hclPath } from "./hcl-path.ts";
import { type Found, type Report, reportComputed, Section } from "./section.ts";
import { requireDetail, takeEffective } from "./table-billing.ts";
import { type ImportedTable, type SpecField, TableDraft } from "./table-draft.ts";
import { readAttributes, readIndexes } from "./table-keys.ts";
import { chooseKey, type Platform } from "./table-name.ts";
import { expectedTags, readTableTags } from "./table-tags.ts";
import { metaArguments, unsayable } from "./unsayable.ts";

/** How one kind of block spells a table. */
export type Dialect = {
  /** The kind of block, for messages. */
  what: string;
  /** Attributes that are a field each. */
  fields: Readonly<Record<string, SpecField>>;
  /** Blocks whose attributes are a field each. */
  blocks: Readonly<Record<string, Readonly<Record<string, SpecField>>>>;
  attributes: string;
  globalIndexes: string;
  localIndexes: string;
  billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readEncryption: (draft: TableDraft, section: Section) => void;
  /** Attributes that are read in their own way, for suggestions. */
  others: readonly string[];
};

/** A table, its key, and the path of the block that it comes from. */
export type KeyedTable = { key: string; path: string; table: ImportedTable };

/** Reads a block that makes one table: a resource, or a call of the community's module. */
export function readTableBlock(
  section: Section,
  label: string,
  dialect: Dialect,
  platform: Platform,
): KeyedTable {
  const { report } = section;
  const draft = new TableDraft(report);
  const nameFound = section.take("name");
  const name = nameFound?.value.kind === "literal" ? String(nameFound.value.value) : null;
  const { key, project, environment } = chooseKey(nameFound, label, platform, report);
  draft.put("billing_mode", dialect.billingMode);
  for (const [written, field] of Object.entries(dialect.fields))
    draft.set(field, takeEffective(draft, section, written));
  for (const [block, fields] of Object.entries(dialect.blocks)) readBlock(draft, section, block, fields);
  dialect.readEncryption(draft, section);
  readIndexes(draft, section, "global_secondary_indexes", dialect.globalIndexes);
  readIndexes(draft, section, "local_secondary_indexes", dialect.localIndexes);
  readAttributes(draft, section, dialect.attributes);
  const tags = section.take("tags");
  if (tags?.value.kind === "map") {
    const expected = { ...expectedTags(platform, project, environment), Name: name };
    readTableTags(draft, new Section(tags.path, tags.value, report), expected);
  } else draft.set("tags", tags);
  readDynamic(draft, section, dialect);
  const placeOf = ([field]: readonly string[]) => pathIn(dialect, section.path, field);
  requireDetail(draft, "enable_ttl", "ttl_attribute", placeOf, report);
  requireDetail(draft, "enable_stream", "stream_view_type", placeOf, report);
  section.finish(dialect.what, knownIn(dialect), unsayable);
  return { key, path: section.path, table: draft.finish(placeOf) };
}

/** Where a field of the spec is, or would be, in a block. */
function pathIn(dialect: Dialect, path: string, field: string | undefined): string {
  const wordFor = (fields: Readonly<Record<string, string>>) =>
    Object.keys(fields).find((written) => fields[written] === field);
  const own = wordFor({
    ...dialect.fields,
    [dialect.attributes]: "attribute_types",
    [dialect.globalIndexes]: "global_secondary_indexes",
    [dialect.localIndexes]: "local_secondary_indexes",
  });
  if (own) return hclPath(path, own);
  const [block, inner] =
    Object.entries(dialect.blocks)
      .map(([name, fields]) => [name, wordFor(fields)])
      .find(([, written]) => written) ?? [];
  return block && inner ? hclPath(path, block, inner) : path;
}

/** False where the text says that Terraform makes none of a block; that is reported, as is a number that is not one. */
export function isMade(section: Section): boolean {
  const found = section.take("count");
  if (!found) return true;
  const count = found.value.kind === "literal" ? Number(found.value.value) : null;
  if (count === 0) {
    section.report(section.path, "count is 0: Terraform makes nothing of this block. It is left out.");
    return false;
  }
  if (count !== 1) section.report(found.path, metaArguments.count ?? "");
  return true;
}

const knownIn = (dialect: Dialect) => [
  "name",
  "tags",
  ...Object.keys(dialect.fields),
  ...Object.keys(dialect.blocks),
  dialect.attributes,
  dialect.globalIndexes,
  dialect.localIndexes,
  ...dialect.others,
];

/** A capacity of -1 says "no limit", which a spec says by leaving it out. */
const isNoLimit = ({ value }: Found) => value.kind === "literal" && Number(value.value) === -1;

function readBlock(
  draft: TableDraft,
  section: Section,
  block: string,
  fields: Readonly<Record<string, SpecField>>,
): void {
  const { section: inner, complete } = section.takeSection(block);
  if (!complete) for (const field of Object.values(fields)) draft.leaveOpen(field);
  if (!inner) return;
  for (const [written, field] of Object.entries(fields)) {
    const found = inner.take(written);
    if (found && !(block === "on_demand_throughput" && isNoLimit(found))) draft.set(field, found);
  }
  inner.finish(`the block ${block}`, Object.keys(fields));
}

/** Blocks that Terraform makes in a loop: what they would set is open. */
function readDynamic(draft: TableDraft, section: Section, dialect: Dialect): void {
  const dynamic = section.take("dynamic");
  if (!dynamic) return;
  if (dynamic.value.kind !== "map" || dynamic.value.computedNames.length > 0) {
    section.report(dynamic.path, "Dynamic blocks are computed, so what they make is left open.");
  }
  if (dynamic.value.kind !== "map") return;
  for (const name of dynamic.value.entries.keys()) {
    section.report(
      hclPath(dynamic.path, name),
      `A dynamic block is computed, so each ${name} that it makes is left open. Fill them in by hand.`,
    );
    for (const field of fieldsOf(name, dialect)) {
      if (collections.has(field)) draft.markOpen(field);
      else draft.leaveOpen(field);
    }
  }
}

/** A dynamic block adds to these; of all others there may be one block, so what it says is not known at all. */
const collections = new Set<SpecField>([
  "attribute_types",
  "global_secondary_indexes",
  "local_secondary_indexes",
]);

function fieldsOf(block: string, dialect: Dialect): SpecField[] {
  if (block === dialect.attributes) return ["attribute_types"];
  if (block === dialect.globalIndexes) return ["global_secondary_indexes"];
  if (block === dialect.localIndexes) return ["local_secondary_indexes"];
  if (block === "server_side_encryption") return ["encryption", "kms_key_id"];
  return Object.hasOwn(dialect.blocks, block) ? Object.values(dialect.blocks[block] ?? {}) : [];
}

/** Whether and with which key a table is encrypted, said by two options; both may be absent. */
export function readEncryption(
  draft: TableDraft,
  enabled: Found | null,
  key: Found | null,
  report: Report,
): void {
  if (enabled?.value.kind === "computed") {
    reportComputed(report, enabled.path, enabled.value);
    draft.leaveOpen("encryption");
    draft.set("kms_key_id", key);
    return;
  }
  const on = enabled?.value.kind === "literal" && String(enabled.value.value) === "true";
  if (enabled && !on && !(enabled.value.kind === "literal" && String(enabled.value.value) === "false")) {
    report(enabled.path, "This must be true or false; encryption is left open.");
    draft.leaveOpen("encryption");
    draft.set("kms_key_id", key);
    return;
  }
  draft.put("encryption", on ? (key ? "customer_managed" : "aws_managed") : "aws_owned");
  if (on) draft.set("kms_key_id", key);
  else if (key) report(key.path, "A key without encryption switched on has no effect; it is left out.");
}
