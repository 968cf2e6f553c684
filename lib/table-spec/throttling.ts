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
      ...above(writes, spec.max_write_request_units, "write request units", "The table's maximum is"),
      ...above(reads, spec.max_read_request_units, "read request units", "The table's maximum is"),
    ];
  }
  return [
    ...above(writes, spec.write_capacity, "write capacity units", "The table has"),
    ...above(reads, spec.read_capacity, "read capacity units", "The table has"),
    ...indexes.flatMap(({ name, local: ofTable, writeUnits }) => {
      if (ofTable) return [];
      const most = spec.global_secondary_indexes[name]?.write_capacity ?? null;
      const needed = usage.writes_per_second * writeUnits;
      const consequence = "the table's writes are throttled with it";
      return above(needed, most, "write capacity units", `The index ${name} has`, consequence);
    }),
  ];
}

/** `has`: what takes no more than `most`, and the verb. */
function above(
  needed: number,
  most: number | null,
  units: string,
  has: string,
  consequence = "the rest is throttled",
): string[] {
  if (most === null || needed <= most) return [];
  return [`${has} ${words(most)} ${units} a second, and the use takes ${words(needed)}: ${consequence}.`];
}

const words = (units: number) => Number(units.toPrecision(6)).toLocaleString("en");
