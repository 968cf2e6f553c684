import type { Usage } from "./cost.ts";
import { itemSizes } from "./cost-sizes.ts";
import type { TableSpec } from "./schema.ts";

/**
 * Where the expected use is more than a table or an index takes, a sentence each: AWS throttles what is above the
 * provisioned capacity or the maximum of a table on demand, so the use, or the estimate, is not what will be. Reads are
 * eventually consistent, and read from the table.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-causes.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export function throttling(spec: TableSpec, usage: Usage): string[] {
  const { table, indexes } = itemSizes(spec, usage.item_kb);
  const local = indexes.filter((index) => index.local);
  const writes =
    usage.writes_per_second * local.reduce((sum, index) => sum + index.writeUnits, table.writeUnits);
  const reads = (usage.reads_per_second * table.readUnits) / 2;
  if (spec.billing_mode === "PAY_PER_REQUEST") {
    return [
      ...above(writes, spec.max_write_request_units, "write request units", "The table's maximum"),
      ...above(reads, spec.max_read_request_units, "read request units", "The table's maximum"),
    ];
  }
  return [
    ...above(writes, spec.write_capacity, "write capacity units", "The table"),
    ...above(reads, spec.read_capacity, "read capacity units", "The table"),
    ...indexes.flatMap(({ name, local: ofTable, writeUnits }) => {
      if (ofTable) return [];
      const most = spec.global_secondary_indexes[name]?.write_capacity ?? null;
      return above(usage.writes_per_second * writeUnits, most, "write capacity units", `The index ${name}`);
    }),
  ];
}

function above(needed: number, most: number | null, units: string, what: string): string[] {
  if (most === null || needed <= most) return [];
  const is = what.endsWith("maximum") ? "is" : "has";
  const held = what.startsWith("The index")
    ? "the table's writes are throttled with it"
    : "the rest is throttled";
  return [`${what} ${is} ${words(most)} ${units} a second, and the use takes ${words(needed)}: ${held}.`];
}

const words = (units: number) => Number(units.toPrecision(6)).toLocaleString("en");
