import type { CreateBody } from "#lib/requests/schema.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";
import type { FormValues, GlobalIndexForm, IndexForm, SpecForm, TableForm } from "./form-values.ts";
import { attributeTypesOf } from "./key-types.ts";

/** What is sent: the body of `POST /requests`, not yet checked. */
export type UncheckedBody = Omit<CreateBody, "tables"> & {
  tables: Record<string, TableSpecInput>;
};

const textOrNull = (text: string): string | null => (text === "" ? null : text);

/** Digits become a number; anything else typed stays as it is, for the schema to name it. */
function numberOrNull(text: string): number | null {
  const typed = text.trim();
  if (typed === "") return null;
  const value = Number(typed);
  return (Number.isNaN(value) ? typed : value) as number;
}

/** Whether hidden text would be taken; hidden text that would not is left out, so that it stops nobody. */
const soundDays = (text: string) => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 35;
const soundAttribute = (text: string) => text.length <= 255 && text.isWellFormed() && !/\p{Cc}/u.test(text);

/**
 * The spec that the form says. Fields that the form hides (capacities on demand, the key of another encryption, the
 * attribute of a TTL that is off …) never carry a fault into it, and come back when they are shown again.
 */
export function toSpec(form: SpecForm): TableSpecInput {
  const provisioned = form.billing_mode === "PROVISIONED";
  return {
    // Absent, so that the message says "required" rather than "must have 1 to 255 characters".
    partition_key: (textOrNull(form.partition_key) ?? undefined) as string,
    sort_key: textOrNull(form.sort_key),
    attribute_types: attributeTypesOf(form),
    type: form.type,
    billing_mode: form.billing_mode,
    read_capacity: provisioned ? numberOrNull(form.read_capacity) : null,
    write_capacity: provisioned ? numberOrNull(form.write_capacity) : null,
    max_read_request_units: provisioned ? null : numberOrNull(form.max_read_request_units),
    max_write_request_units: provisioned ? null : numberOrNull(form.max_write_request_units),
    table_class: form.table_class,
    enable_ttl: form.enable_ttl,
    ttl_attribute: form.enable_ttl || soundAttribute(form.ttl_attribute) ? form.ttl_attribute : null,
    enable_stream: form.enable_stream,
    stream_view_type: form.stream_view_type,
    enable_point_in_time_recovery: form.enable_point_in_time_recovery,
    point_in_time_recovery_days:
      form.enable_point_in_time_recovery || soundDays(form.point_in_time_recovery_days)
        ? numberOrNull(form.point_in_time_recovery_days)
        : null,
    encryption: form.encryption,
    kms_key_id: form.encryption === "customer_managed" ? textOrNull(form.kms_key_id.trim()) : null,
    deletion_protection: form.deletion_protection,
    global_secondary_indexes: byName(form.global_secondary_indexes, (index) =>
      toGlobalIndex(index, provisioned),
    ),
    local_secondary_indexes: byName(form.local_secondary_indexes, toIndex),
    tags: Object.fromEntries(form.tags.map(({ key, value }) => [key, value])),
    purpose: form.purpose,
  };
}

function byName<I extends IndexForm, T>(indexes: readonly I[], convert: (index: I) => T): Record<string, T> {
  return Object.fromEntries(indexes.map((index) => [index.name, convert(index)]));
}

function toIndex(index: IndexForm) {
  return {
    sort_key: (textOrNull(index.sort_key) ?? undefined) as string,
    projection_type: index.projection_type,
    non_key_attributes: index.projection_type === "INCLUDE" ? listOf(index.non_key_attributes) : null,
  };
}

function toGlobalIndex(index: GlobalIndexForm, provisioned: boolean) {
  return {
    ...toIndex(index),
    partition_key: (textOrNull(index.partition_key) ?? undefined) as string,
    sort_key: textOrNull(index.sort_key),
    read_capacity: provisioned ? numberOrNull(index.read_capacity) : null,
    write_capacity: provisioned ? numberOrNull(index.write_capacity) : null,
  };
}

/** Lines, for a name may hold commas and spaces but no line break. */
function listOf(text: string): string[] | null {
  const names = text.split("\n").filter((name) => name !== "");
  return names.length > 0 ? names : null;
}

/** The `tables` of a body. Tables of one key shadow each other: `validate` refuses them before. */
export function toTables(tables: readonly Pick<TableForm, "key" | "spec">[]): Record<string, TableSpecInput> {
  return Object.fromEntries(tables.map(({ key, spec }) => [key, toSpec(spec)]));
}

/** What the form expects of a table; undefined where nothing was typed. A size that was left out is 1 KB, the rest 0. */
export function toUsage(form: SpecForm): Usage | undefined {
  const { reads_per_second, writes_per_second, item_kb, items } = form;
  if ([reads_per_second, writes_per_second, item_kb, items].every((text) => text.trim() === "")) return;
  return {
    reads_per_second: numberOrNull(reads_per_second) ?? 0,
    writes_per_second: numberOrNull(writes_per_second) ?? 0,
    item_kb: numberOrNull(item_kb) ?? 1,
    items: numberOrNull(items) ?? 0,
  };
}

/** The `usage` of a body, of the tables that something is expected of. */
export function toUsages(tables: readonly Pick<TableForm, "key" | "spec">[]): Record<string, Usage> {
  const entries = tables.map(({ key, spec }) => [key, toUsage(spec)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Usage] => entry[1] !== undefined));
}

/** The body of the request that the form says. */
export function toBody(form: FormValues): UncheckedBody {
  const { project, environment, justification, tables } = form;
  const body = { kind: "create", project, environment, justification, tables: toTables(tables) } as const;
  const usage = toUsages(tables);
  return Object.keys(usage).length > 0 ? { ...body, usage } : body;
}
