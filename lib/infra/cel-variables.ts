import { Environment } from "@marcbachmann/cel-js";

/** Guardrails look at one table at a time, approval rules at the whole request. */
export type RuleScope = "guardrail" | "approval";

/** One table as a rule sees it: `spec` is a TableSpec, whose null fields are absent for the rule. */
export type RuleTable = { key: string; name: string; spec: object };

export type RuleInput = {
  environment: string;
  project: string;
  kind: string;
  requester: { email: string; groups: readonly string[] };
  tables: readonly RuleTable[];
};

/** The same, in the library's own values; made once per request by `ruleFacts`. */
export type RuleFacts = { variables: Record<string, unknown>; tables: CelTable[] };

class CelRecord {
  constructor(values: object) {
    Object.assign(this, celFields(values));
  }
}
class CelGlobalIndex extends CelRecord {}
class CelLocalIndex extends CelRecord {}
class CelTable extends CelRecord {}
class CelRequester extends CelRecord {}

const capacityFields = { read_capacity: "int", write_capacity: "int" };
const indexFields = { sort_key: "string", projection_type: "string", non_key_attributes: "list<string>" };

/** Every field of a table a rule may name, with its CEL type: `key`, `name` and all of TableSpec. */
export const ruleTableFields: Record<string, string> = {
  key: "string",
  name: "string",
  partition_key: "string",
  sort_key: "string",
  attribute_types: "map<string, string>",
  type: "string",
  billing_mode: "string",
  ...capacityFields,
  max_read_request_units: "int",
  max_write_request_units: "int",
  enable_ttl: "bool",
  ttl_attribute: "string",
  enable_point_in_time_recovery: "bool",
  point_in_time_recovery_days: "int",
  enable_stream: "bool",
  stream_view_type: "string",
  encryption: "string",
  kms_key_id: "string",
  deletion_protection: "bool",
  table_class: "string",
  purpose: "string",
  tags: "map<string, string>",
  global_secondary_indexes: "map<string, GlobalIndex>",
  local_secondary_indexes: "map<string, LocalIndex>",
};

const approvalScope = new Environment({ limits: { maxAstNodes: 500, maxDepth: 40 } })
  .registerType("GlobalIndex", {
    ctor: CelGlobalIndex,
    fields: { partition_key: "string", ...indexFields, ...capacityFields },
  })
  .registerType("LocalIndex", { ctor: CelLocalIndex, fields: indexFields })
  .registerType("Table", { ctor: CelTable, fields: ruleTableFields })
  .registerType("Requester", { ctor: CelRequester, fields: { email: "string", groups: "list<string>" } })
  .registerVariable("environment", "string")
  .registerVariable("project", "string")
  .registerVariable("kind", "string")
  .registerVariable("requester", "Requester")
  .registerVariable("tables", "list<Table>");
export const scopes = {
  approval: approvalScope,
  guardrail: approvalScope.clone().registerVariable("table", "Table"),
};

/** All names that may stand after a dot. */
export const ruleFields = [...Object.keys(ruleTableFields), ...Object.keys(indexFields), "email", "groups"];

/** Turns what is known of a request into the values rules run on. Numbers become CEL ints, null fields vanish. */
export function ruleFacts(input: RuleInput): RuleFacts {
  const tables = input.tables.map(({ key, name, spec }) => new CelTable(tableValues(key, name, spec)));
  const { environment, project, kind } = input;
  const requester = new CelRequester({ ...input.requester, groups: [...input.requester.groups] });
  return { variables: { environment, project, kind, requester, tables }, tables };
}

function tableValues(key: string, name: string, spec: object): object {
  const { global_secondary_indexes: global, local_secondary_indexes: local, ...rest } = spec as IndexMaps;
  return {
    ...rest,
    key,
    name,
    global_secondary_indexes: mapValues(global ?? {}, (index) => new CelGlobalIndex(index)),
    local_secondary_indexes: mapValues(local ?? {}, (index) => new CelLocalIndex(index)),
  };
}

type IndexMaps = {
  global_secondary_indexes?: Record<string, object> | null;
  local_secondary_indexes?: Record<string, object> | null;
};

function mapValues<In, Out>(map: Record<string, In>, change: (value: In) => Out): Map<string, Out> {
  return new Map(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function celFields(values: object): object {
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present.map(([key, value]) => [key, celValue(value)]));
}

function celValue(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain ? mapValues(value as Record<string, unknown>, celValue) : value;
}
