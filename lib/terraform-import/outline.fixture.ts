import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import type { ImportedTable } from "./table-draft.ts";

const defaults: Record<string, unknown> = tableSpecSchema.parse({ partition_key: "id" });
const indexDefaults: Record<string, unknown> = {
  sort_key: null,
  projection_type: "ALL",
  non_key_attributes: null,
  read_capacity: null,
  write_capacity: null,
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function without(map: object, others: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(map).filter(([name, value]) => !same(value, others[name])));
}

/** What is special about a table: fields that are not as by default, and under `open` those that are absent. */
export function outlineOf(table: ImportedTable) {
  const { partition_key: _, ...rest } = defaults;
  const fields = Object.entries(without(table, rest)).map(([field, value]) => [
    field,
    field.endsWith("_indexes")
      ? Object.fromEntries(
          Object.entries(value as Record<string, object>).map(([name, index]) => [
            name,
            without(index, indexDefaults),
          ]),
        )
      : value,
  ]);
  const open = Object.keys(defaults).filter((field) => !Object.hasOwn(table, field));
  return { ...Object.fromEntries(fields), ...(open.length > 0 && { open }) };
}
