import { sortedEntries } from "#lib/provisioning/create-table-input.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { type HclEntry, type HclMap, hclAttributes, hclBlock, hclParagraphs, indented } from "./hcl-lines.ts";
import { spellingWarnings } from "./hcl-spelling.ts";
import { hclString } from "./hcl-string.ts";
import { snakeLabel } from "./label.ts";
import { placeWarnings } from "./place-warnings.ts";
import type { Snippet, SnippetFile, SnippetTable, SnippetWarning } from "./snippet.ts";

/** The spec of a table of which only the partition key was given; its keys are in the order of the schema. */
const plain = tableSpecSchema.parse({ partition_key: "id" });
const fields = Object.keys(plain) as (keyof TableSpec)[];

type Index = TableSpec["global_secondary_indexes"][string] | TableSpec["local_secondary_indexes"][string];

function indexMap(index: Index): HclMap {
  const { partition_key, sort_key, projection_type, non_key_attributes, read_capacity, write_capacity } = {
    partition_key: null,
    read_capacity: null,
    write_capacity: null,
    ...index,
  };
  const all = {
    partition_key,
    sort_key,
    projection_type: projection_type === "ALL" ? null : projection_type,
    non_key_attributes,
    read_capacity,
    write_capacity,
  };
  return { entries: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null) };
}

const indexMaps = (indexes: Record<string, Index>): HclMap => ({
  entries: sortedEntries(indexes).map(([name, index]) => [name, indexMap(index)]),
});

function fieldEntry(spec: TableSpec, field: keyof TableSpec): HclEntry[] {
  switch (field) {
    case "partition_key":
      return [[field, spec.partition_key]];
    case "encryption": {
      const derived = spec.kms_key_id === null ? "aws_managed" : "customer_managed";
      return spec.encryption === derived ? [] : [[field, spec.encryption]];
    }
    case "attribute_types":
    case "tags": {
      const entries = sortedEntries<string>(spec[field]);
      return entries.length === 0 ? [] : [[field, { entries }]];
    }
    case "global_secondary_indexes":
    case "local_secondary_indexes": {
      const maps = indexMaps(spec[field]);
      return maps.entries.length === 0 ? [] : [[field, maps]];
    }
    default: {
      const value = spec[field];
      return value === null || value === plain[field] ? [] : [[field, value]];
    }
  }
}

/** The fields of a spec that are not as they are by default, in the order of the schema. */
const tableMap = (spec: TableSpec): HclMap & { entries: HclEntry[] } => ({
  entries: fields.flatMap((field) => fieldEntry(spec, field)),
});

/** Options of the module's variable `tables`; Terraform drops any other attribute of an object without a word. */
const moduleFields = new Set<string>([
  "partition_key",
  "sort_key",
  "attribute_types",
  "type",
  "billing_mode",
  "enable_ttl",
  "ttl_attribute",
  "enable_point_in_time_recovery",
  "enable_stream",
  "stream_view_type",
  "purpose",
]);

function droppedBecause(field: string): string {
  if (field === "kms_key_id")
    return "the module declares kms_key_id and never uses it: its tables are encrypted with the AWS managed key";
  if (field === "encryption") return "the module encrypts every table with the AWS managed key";
  if (field === "tags")
    return "the module gives all its tables the same tags: Terraform drops those of one table without a word";
  return `the module's tables have no ${field}: Terraform drops it without a word`;
}

const elsewhere = "Extend the module, or take the table over as a Terraform resource instead";

function tableWarnings(table: SnippetTable): SnippetWarning[] {
  const { key, name, spec, project, environment } = table;
  const warn = (path: string[], message: string) => ({
    path: jsonPointer(["tables", key, ...path]),
    message: `${name}: ${message}.`,
  });
  const composed = `${project}-${environment}-${key}`;
  const dropped = tableMap(spec)
    .entries.map(([field]) => field)
    .filter((field) => !moduleFields.has(field));
  return [
    ...(composed === name ? [] : [warn([], `the module would call this table ${composed}. ${elsewhere}`)]),
    ...(spec.billing_mode === "PROVISIONED"
      ? [
          warn(
            ["billing_mode"],
            `PROVISIONED cannot work in the module, which gives its tables no capacity. ${elsewhere}`,
          ),
        ]
      : []),
    ...dropped.map((field) => warn([field], `${droppedBecause(field)}. ${elsewhere}`)),
    ...spellingWarnings(table),
  ];
}

/** Tags that the module's three and this portal's two are not, and that do not come from the table's own spec. */
function callersTags({ tags, spec }: SnippetTable): [string, string][] {
  const others = new Set(["Name", "Purpose", "Type", "ManagedBy", "tablewright:table-id"]);
  return sortedEntries(tags).filter(
    ([tag, value]) => !others.has(tag) && !(Object.hasOwn(spec.tags, tag) && spec.tags[tag] === value),
  );
}

function groupTags(tables: readonly SnippetTable[]): {
  tags: [string, string][];
  warnings: SnippetWarning[];
} {
  const common = ([tag, value]: [string, string]) =>
    tables.every(({ tags }) => Object.hasOwn(tags, tag) && tags[tag] === value);
  const tags = new Map(tables.flatMap((table) => callersTags(table).filter(common)));
  const warnings = tables.flatMap((table) =>
    callersTags(table)
      .filter((entry) => !common(entry))
      .map(([tag, value]) => ({
        path: jsonPointer(["tables", table.key, "tags", tag]),
        message: `${table.name}: its tag ${tag} = ${value} is not on all tables of this module block, whose tags go to all of them, so it is left out. Bring the tags of these tables in line.`,
      })),
  );
  return { tags: sortedEntries(Object.fromEntries(tags)), warnings };
}

/** `dynamodb_shop_dev`; different pairs of project and environment never share one. */
function groupLabel({ project, environment }: SnippetTable): string {
  return snakeLabel(`dynamodb-${project}${environment.includes("-") ? "." : "-"}${environment}`);
}

function moduleFile(tables: readonly SnippetTable[], label: string): SnippetFile & Pick<Snippet, "warnings"> {
  const { project, environment } = tables[0]!;
  const { tags, warnings } = groupTags(tables);
  const entries = tables.map(({ key, spec }) => hclAttributes([[hclString(key), tableMap(spec)]]));
  const lines = hclBlock(
    "module",
    [label],
    hclParagraphs([
      hclAttributes([["source", "../modules/dynamodb"]]),
      hclAttributes([
        ["project_name", project],
        ["environment", environment],
      ]),
      ["tables = {", ...indented(hclParagraphs(entries)), "}"],
      hclAttributes([["tags", { entries: tags }]]),
    ]),
  );
  return {
    filename: `${groupLabel(tables[0]!)}.tf`,
    content: `${lines.join("\n")}\n`,
    warnings: [...tables.flatMap(tableWarnings), ...warnings],
  };
}

/**
 * Tables as calls of the Terraform module, one file per project and environment. All a spec holds is written, in the
 * module's words; what the module would drop or do otherwise is in the warnings.
 */
export function terraformModuleSnippet(tables: readonly SnippetTable[]): Snippet {
  const groups = Map.groupBy(tables, groupLabel);
  const files = [...groups].map(([label, group]) =>
    moduleFile(
      [...group].sort((a, b) => (a.key < b.key ? -1 : 1)),
      groups.size === 1 ? "dynamodb" : label,
    ),
  );
  return {
    files: files.map(({ filename, content }) => ({ filename, content })),
    warnings: [...placeWarnings(tables), ...files.flatMap(({ warnings }) => warnings)],
  };
}
