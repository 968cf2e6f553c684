import { sortedEntries } from "#lib/provisioning/create-table-input.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { type HclEntry, hclAttributes, hclBlock, hclParagraphs } from "./hcl-lines.ts";
import { spellingWarnings } from "./hcl-spelling.ts";
import { snakeLabel } from "./label.ts";
import { placeWarnings } from "./place-warnings.ts";
import type { Snippet, SnippetFile, SnippetTable, SnippetWarning } from "./snippet.ts";

/** The attributes that are set: null stands for one that is left out. */
const attributes = (entries: Record<string, HclEntry[1] | null>): string[] =>
  hclAttributes(Object.entries(entries).filter((entry): entry is [string, HclEntry[1]] => entry[1] !== null));

const block = (type: string, entries: Record<string, HclEntry[1] | null>): string[] =>
  hclBlock(type, [], attributes(entries));

/** What a table is without each facet that an endpoint may not support. */
const withoutFacet: Record<string, { field: keyof TableSpec; without: Partial<TableSpec> }> = {
  tags: { field: "tags", without: {} },
  ttl: { field: "enable_ttl", without: { enable_ttl: false } },
  point_in_time_recovery: {
    field: "enable_point_in_time_recovery",
    without: { enable_point_in_time_recovery: false },
  },
  encryption: { field: "encryption", without: { encryption: "aws_owned", kms_key_id: null } },
  stream: { field: "enable_stream", without: { enable_stream: false } },
  deletion_protection: { field: "deletion_protection", without: { deletion_protection: false } },
  table_class: { field: "table_class", without: { table_class: "STANDARD" } },
  on_demand_throughput: {
    field: "max_read_request_units",
    without: { max_read_request_units: null, max_write_request_units: null },
  },
  global_secondary_indexes: {
    field: "global_secondary_indexes",
    without: { global_secondary_indexes: {} },
  },
  local_secondary_indexes: { field: "local_secondary_indexes", without: { local_secondary_indexes: {} } },
};

/** The table as its endpoint can hold it: Terraform compares with that, and would want to change the rest for ever. */
function heldSpec({ spec, unsupported }: SnippetTable): TableSpec {
  return Object.assign({}, spec, ...unsupported.map((facet) => withoutFacet[facet]?.without));
}

function tableWarnings(table: SnippetTable): SnippetWarning[] {
  const { key, name, spec, unsupported, kmsKeyArn } = table;
  const path = (field: string) => jsonPointer(["tables", key, field]);
  const facets = unsupported.map((facet) => ({
    path: path(withoutFacet[facet]?.field ?? facet),
    message: `${name}: its endpoint does not support ${facet.replaceAll("_", " ")}, so that is left out. Add it when the table moves to AWS.`,
  }));
  const unknownKey = heldSpec(table).encryption === "customer_managed" && kmsKeyArn === null;
  return [
    ...facets,
    ...(unknownKey
      ? [
          {
            path: path("kms_key_id"),
            message: `${name}: the ARN of its customer key (${spec.kms_key_id}) has not been observed yet, so kms_key_arn is left out. Export again once the table has been looked at, or write the key's ARN there.`,
          },
        ]
      : []),
    ...spellingWarnings(table),
  ];
}

/** Sorted as CreateTable was asked: the provider keeps a local index's attributes as a list. */
const projected = (names: string[] | null) => names && [...names].sort((a, b) => (a < b ? -1 : 1));

function indexBlocks(spec: TableSpec): string[][] {
  const globals = sortedEntries(spec.global_secondary_indexes).map(([name, index]) =>
    block("global_secondary_index", {
      name,
      hash_key: index.partition_key,
      range_key: index.sort_key,
      projection_type: index.projection_type,
      non_key_attributes: projected(index.non_key_attributes),
      read_capacity: index.read_capacity,
      write_capacity: index.write_capacity,
    }),
  );
  const locals = sortedEntries(spec.local_secondary_indexes).map(([name, index]) =>
    block("local_secondary_index", {
      name,
      range_key: index.sort_key,
      projection_type: index.projection_type,
      non_key_attributes: projected(index.non_key_attributes),
    }),
  );
  return [...globals, ...locals];
}

function featureBlocks(spec: TableSpec, kmsKeyArn: string | null): string[][] {
  const days = spec.point_in_time_recovery_days;
  const limited = spec.max_read_request_units !== null || spec.max_write_request_units !== null;
  return [
    spec.enable_ttl ? block("ttl", { attribute_name: spec.ttl_attribute, enabled: true }) : [],
    spec.enable_point_in_time_recovery
      ? block("point_in_time_recovery", {
          enabled: true,
          recovery_period_in_days: days === 35 ? null : days,
        })
      : [],
    spec.encryption === "aws_owned"
      ? []
      : block("server_side_encryption", {
          enabled: true,
          kms_key_arn: spec.encryption === "customer_managed" ? kmsKeyArn : null,
        }),
    limited
      ? block("on_demand_throughput", {
          max_read_request_units: spec.max_read_request_units,
          max_write_request_units: spec.max_write_request_units,
        })
      : [],
  ];
}

function resource(table: SnippetTable, spec: TableSpec, label: string): string[] {
  const tags = table.unsupported.includes("tags") ? [] : sortedEntries(table.tags);
  const attributeBlocks = keyAttributes(spec)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => block("attribute", { name, type: attributeType(spec, name) }));
  const body = [
    attributes({
      name: table.name,
      billing_mode: spec.billing_mode,
      read_capacity: spec.read_capacity,
      write_capacity: spec.write_capacity,
      hash_key: spec.partition_key,
      range_key: spec.sort_key,
      stream_enabled: spec.enable_stream || null,
      stream_view_type: spec.enable_stream ? spec.stream_view_type : null,
      table_class: spec.table_class === "STANDARD" ? null : spec.table_class,
      deletion_protection_enabled: spec.deletion_protection || null,
    }),
    ...attributeBlocks,
    ...indexBlocks(spec),
    ...featureBlocks(spec, table.kmsKeyArn),
    attributes({ tags: tags.length === 0 ? null : { entries: tags } }),
  ];
  return hclBlock("resource", ["aws_dynamodb_table", label], hclParagraphs(body));
}

function tableFile(table: SnippetTable): SnippetFile {
  const label = snakeLabel(table.name);
  const spec = heldSpec(table);
  const address = `aws_dynamodb_table.${label}`;
  const value = {
    entries: [
      ["name", { expression: `${address}.name` }],
      ["arn", { expression: `${address}.arn` }],
      ["stream_arn", { expression: spec.enable_stream ? `${address}.stream_arn` : "null" }],
    ],
  } as const;
  const lines = hclParagraphs([
    resource(table, spec, label),
    block("import", { to: { expression: address }, id: table.name }),
    hclBlock("output", [label], attributes({ value })),
  ]);
  return { filename: `${table.name}.tf`, content: `${lines.join("\n")}\n` };
}

/**
 * A file per table to take it over with Terraform: `aws_dynamodb_table` with all its tags, an `import` block, and one
 * output. Planning it changes nothing, once TTL is ENABLED. Files of one account and region may lie in one folder; the
 * provider is configured by whoever pastes them.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
 */
export function terraformSnippet(tables: readonly SnippetTable[]): Snippet {
  return {
    files: tables.map(tableFile),
    warnings: [...placeWarnings(tables), ...tables.flatMap(tableWarnings)],
  };
}
