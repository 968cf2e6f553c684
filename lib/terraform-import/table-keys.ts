import { hclPath } from "./hcl-path.ts";
import type { Found, Section } from "./section.ts";
import { takeEffective } from "./table-billing.ts";
import type { IndexField, TableDraft } from "./table-draft.ts";
import { unsayable } from "./unsayable.ts";

const projection = {
  projection_type: "projection_type",
  non_key_attributes: "non_key_attributes",
};

/** What the options of an index are called in Terraform, and in a spec. */
const indexOptions: Record<IndexField, Readonly<Record<string, string>>> = {
  global_secondary_indexes: {
    hash_key: "partition_key",
    range_key: "sort_key",
    ...projection,
    read_capacity: "read_capacity",
    write_capacity: "write_capacity",
  },
  local_secondary_indexes: { range_key: "sort_key", ...projection },
};

/** Reads the indexes of one kind: blocks, or a list of maps. */
export function readIndexes(draft: TableDraft, section: Section, field: IndexField, written: string): void {
  const { sections, complete } = section.takeSections(written);
  if (!complete) draft.markOpen(field);
  const names = indexOptions[field];
  for (const index of sections) {
    const name = literalText(index, "name");
    if (name === null) {
      index.report(index.path, "An index without a literal name is left out. Add it by hand.");
      draft.markOpen(field);
      continue;
    }
    const options = new Map(
      Object.entries(names).map(([word, option]) => [option, takeEffective(draft, index, word)]),
    );
    if (!readKeySchema(index, options)) draft.markOpen(field);
    draft.setIndex(field, name, index.path, options);
    index.finish("an index", ["name", ...Object.keys(names)], unsayable);
  }
}

/** The newer spelling of an index's keys, a block for each; false where it says more than a spec can. */
function readKeySchema(index: Section, options: Map<string, Found | null>): boolean {
  const { sections, complete } = index.takeSections("key_schema");
  let sayable = complete;
  for (const key of sections) {
    const kind = literalText(key, "key_type");
    const attribute = key.take("attribute_name");
    const option = kind === "HASH" ? "partition_key" : kind === "RANGE" ? "sort_key" : null;
    if (option === null || !attribute || options.get(option)) {
      key.report(key.path, "A key of an index is one attribute of key_type HASH, and at most one of RANGE.");
      sayable = false;
    } else options.set(option, attribute);
    key.finish("a key", ["attribute_name", "key_type"]);
  }
  return sayable;
}

/** The literal text of an attribute; what is computed is for the caller to report. */
function literalText(section: Section, name: string): string | null {
  const found = section.take(name);
  return found?.value.kind === "literal" ? String(found.value.value) : null;
}

/** Reads the types of attributes: blocks, or a list of maps. Only those of keys are a part of a spec. */
export function readAttributes(draft: TableDraft, section: Section, written: string): void {
  const { sections, complete } = section.takeSections(written);
  if (!complete) draft.markOpen("attribute_types");
  const keys = knownKeys(draft);
  const named = new Set<unknown>();
  for (const attribute of sections) {
    const name = literalText(attribute, "name");
    named.add(name);
    const type = attribute.take("type");
    if (name === null || !type) {
      attribute.report(attribute.path, "An attribute needs a literal name and a type. It is left out.");
    } else if (keys && !keys.has(name)) {
      const message = `${JSON.stringify(name)} is no key of the table or of an index, so its type is left out.`;
      attribute.report(attribute.path, message);
    } else draft.setEntry("attribute_types", name, type, attribute.path);
    attribute.finish("an attribute", ["name", "type"]);
  }
  if (!complete || named.has(null) || !keys) return;
  const untyped = [...keys].filter((key) => typeof key === "string" && !named.has(key));
  for (const key of untyped) {
    const message = `The text gives no type for the key ${JSON.stringify(key)}; it is read as S, a string. Check it: the type of a key never changes.`;
    section.report(hclPath(section.path, written), message);
  }
}

/** Names of the key attributes, or null where not all of them are known. */
function knownKeys(draft: TableDraft): Set<unknown> | null {
  const fields = [
    "partition_key",
    "sort_key",
    "global_secondary_indexes",
    "local_secondary_indexes",
  ] as const;
  if (fields.some((field) => draft.isOpen(field))) return null;
  const [partition, sort, ...maps] = fields.map((field) => draft.get(field));
  const indexes = maps.flatMap((map) =>
    Object.values((map ?? {}) as Record<string, Record<string, unknown>>),
  );
  return new Set([partition, sort, ...indexes.flatMap((index) => [index.partition_key, index.sort_key])]);
}
