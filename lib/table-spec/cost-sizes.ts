import type { TableSpec } from "./schema.ts";

const kb = 1024;
/** What DynamoDB adds to each stored item. */
const overheadBytes = 100;
/** Keys alone, and whatever else an index of keys holds: less than the smallest unit that is billed. */
const keysBytes = 100;

type Sized = {
  /** Units that one write of an item takes: one for each 1 KB begun. */
  writeUnits: number;
  /** Units that one consistent read takes: one for each 4 KB begun. */
  readUnits: number;
  storedBytes: number;
};
export type SizedIndex = Sized & { name: string; local: boolean };

/**
 * How large an item is for the bill, in the table and in each index that it is copied to. An index of named attributes is
 * taken to be as large as the table: an upper bound, as nobody says how large those are.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSizes(spec: TableSpec, itemKb: number): { table: Sized; indexes: SizedIndex[] } {
  const itemBytes = itemKb * kb;
  const copied =
    (local: boolean) =>
    ([name, index]: [string, { projection_type: string }]) => ({
      ...sized(index.projection_type === "KEYS_ONLY" ? Math.min(keysBytes, itemBytes) : itemBytes),
      name,
      local,
    });
  return {
    table: sized(itemBytes),
    indexes: [
      ...Object.entries(spec.global_secondary_indexes).map(copied(false)),
      ...Object.entries(spec.local_secondary_indexes).map(copied(true)),
    ],
  };
}

function sized(bytes: number): Sized {
  return {
    writeUnits: Math.max(1, Math.ceil(bytes / kb)),
    readUnits: Math.max(1, Math.ceil(bytes / (4 * kb))),
    storedBytes: bytes + overheadBytes,
  };
}
