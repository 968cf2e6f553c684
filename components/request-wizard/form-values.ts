import type { ProjectionType } from "#lib/table-spec/index-schema.ts";
import type {
  AttributeType,
  BillingMode,
  EncryptionType,
  StreamViewType,
  TableClass,
  TablePattern,
} from "#lib/table-spec/spec-fields.ts";

/** A secondary index as the form holds it: numbers and lists as typed. */
export type IndexForm = {
  name: string;
  sort_key: string;
  sort_key_type: AttributeType;
  projection_type: ProjectionType;
  /** One name a line. */
  non_key_attributes: string;
};

export type GlobalIndexForm = IndexForm & {
  partition_key: string;
  partition_key_type: AttributeType;
  /** Units per second, as typed. */
  read_capacity: string;
  write_capacity: string;
};

export type TagForm = { key: string; value: string };

/**
 * A TableSpec as the form holds it: text as typed ("" is nothing), maps as lists so that half-typed and doubled
 * names survive, and each key's type beside the key instead of in `attribute_types`.
 */
export type SpecForm = {
  partition_key: string;
  partition_key_type: AttributeType;
  sort_key: string;
  sort_key_type: AttributeType;
  type: TablePattern;
  billing_mode: BillingMode;
  read_capacity: string;
  write_capacity: string;
  max_read_request_units: string;
  max_write_request_units: string;
  table_class: TableClass;
  enable_ttl: boolean;
  ttl_attribute: string;
  enable_stream: boolean;
  stream_view_type: StreamViewType;
  enable_point_in_time_recovery: boolean;
  point_in_time_recovery_days: string;
  encryption: EncryptionType;
  kms_key_id: string;
  deletion_protection: boolean;
  global_secondary_indexes: GlobalIndexForm[];
  local_secondary_indexes: IndexForm[];
  tags: TagForm[];
  purpose: string;
  /** What is expected of the table, as typed: goes into the request's `usage`, not into the spec. */
  reads_per_second: string;
  writes_per_second: string;
  item_kb: string;
  items: string;
};

export type TableForm = {
  /** What keeps a table itself while its key is being typed; never leaves the browser. */
  uid: string;
  key: string;
  spec: SpecForm;
};

export type FormValues = {
  project: string;
  environment: string;
  justification: string;
  tables: TableForm[];
};

export const emptyIndex: IndexForm = {
  name: "",
  sort_key: "",
  sort_key_type: "S",
  projection_type: "ALL",
  non_key_attributes: "",
};

export const emptyGlobalIndex: GlobalIndexForm = {
  ...emptyIndex,
  partition_key: "",
  partition_key_type: "S",
  read_capacity: "",
  write_capacity: "",
};

/** The module's defaults, as the form shows them. */
export const emptySpec: SpecForm = {
  partition_key: "",
  partition_key_type: "S",
  sort_key: "",
  sort_key_type: "S",
  type: "key-value",
  billing_mode: "PAY_PER_REQUEST",
  read_capacity: "",
  write_capacity: "",
  max_read_request_units: "",
  max_write_request_units: "",
  table_class: "STANDARD",
  enable_ttl: false,
  ttl_attribute: "ttl",
  enable_stream: false,
  stream_view_type: "NEW_AND_OLD_IMAGES",
  enable_point_in_time_recovery: false,
  point_in_time_recovery_days: "35",
  encryption: "aws_managed",
  kms_key_id: "",
  deletion_protection: false,
  global_secondary_indexes: [],
  local_secondary_indexes: [],
  tags: [],
  purpose: "Application Data Storage",
  reads_per_second: "",
  writes_per_second: "",
  item_kb: "",
  items: "",
};

let lastUid = 0;

/** A table of the form with an identity of its own. */
export function tableForm(key: string, spec: SpecForm = emptySpec): TableForm {
  lastUid += 1;
  return { uid: `table-${lastUid}`, key, spec: structuredClone(spec) };
}

/** A copy of a table under a key that none of `tables` has. */
export function duplicateOf(table: TableForm, tables: readonly TableForm[]): TableForm {
  const taken = new Set(tables.map(({ key }) => key));
  const base = `${table.key || "table"}-copy`;
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return tableForm(key, table.spec);
}

/** What a table is called while it has no key yet. */
export const shownKey = (table: Pick<TableForm, "key">, position: number): string =>
  table.key.trim() || `table ${position + 1}`;
