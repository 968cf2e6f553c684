import { itemSizes, type SizedIndex } from "./cost-sizes.ts";
import type { RegionPrices } from "./prices.ts";
import type { TableSpec } from "./schema.ts";
import { throttling } from "./throttling.ts";

/** What the requester expects of a table. */
export type Usage = {
  reads_per_second: number;
  writes_per_second: number;
  /** An item's size in units of 1,024 bytes. */
  item_kb: number;
  items: number;
};

/** The most that each figure may be; the least is 0. No item is larger than 400 KB. */
export const usageLimits: Usage = {
  reads_per_second: 1e9,
  writes_per_second: 1e9,
  item_kb: 400,
  items: 1e15,
};

/** One position: `quantity` of `unit` at `unit_usd` each make `monthly_usd`, to the cent. */
export type CostLine = {
  what: string;
  quantity: number;
  unit: string;
  unit_usd: string;
  monthly_usd: number;
};
/** `monthly_usd` is the sum of the lines; `as_of` the date of the price list (ISO 8601); `notes` say where AWS would throttle the use. */
export type Cost = { monthly_usd: number; as_of: string; lines: CostLine[]; notes: string[] };

/** A month, as AWS's own calculators have it. */
const hoursAMonth = 730;
const secondsAMonth = hoursAMonth * 3600;

/**
 * What a table is expected to cost a month. Null where that cannot be said: no price list for the Region, or no usage for a
 * table that is billed by use. A provisioned table without usage is its capacity alone.
 *
 * Assumptions: a month has 730 hours. Reads are eventually consistent and read one item each, from the table. Each write
 * writes the item anew, and every index that holds it. Nothing is deducted for the free tier. A stream has one reader that is not
 * Lambda, which asks each shard once a second. Backups on demand, data transfer and KMS are not in it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function estimateCost(
  spec: TableSpec,
  usage: Usage | undefined,
  prices: RegionPrices | null,
): Cost | null {
  if (prices === null || (usage === undefined && spec.billing_mode === "PAY_PER_REQUEST")) return null;
  const lines = [
    ...(spec.billing_mode === "PROVISIONED" ? capacityLines(spec, prices) : []),
    ...(usage ? usageLines(spec, usage, prices) : []),
  ];
  const cents = lines.reduce((sum, line) => sum + Math.round(line.monthly_usd * 100), 0);
  const notes = usage ? throttling(spec, usage) : [];
  return { monthly_usd: cents / 100, as_of: prices.asOf, lines, notes };
}

/** Of several tables together; null where none has an estimate. */
export function totalCost(
  costs: readonly (Cost | null)[],
): { monthly_usd: number; complete: boolean } | null {
  const known = costs.filter((cost) => cost !== null);
  if (known.length === 0) return null;
  const cents = known.reduce((sum, cost) => sum + Math.round(cost.monthly_usd * 100), 0);
  return { monthly_usd: cents / 100, complete: known.length === costs.length };
}

function capacityLines(spec: TableSpec, prices: RegionPrices): CostLine[] {
  const { readCapacityUnitHour, writeCapacityUnitHour } = prices[spec.table_class];
  const holders = [spec, ...Object.values(spec.global_secondary_indexes)];
  const reads = holders.reduce((sum, { read_capacity }) => sum + (read_capacity ?? 0), 0);
  const writes = holders.reduce((sum, { write_capacity }) => sum + (write_capacity ?? 0), 0);
  return [
    line("Write capacity", writes * hoursAMonth, "WCU-hours", writeCapacityUnitHour),
    line("Read capacity", reads * hoursAMonth, "RCU-hours", readCapacityUnitHour),
  ];
}

function usageLines(spec: TableSpec, usage: Usage, prices: RegionPrices): CostLine[] {
  const own = prices[spec.table_class];
  const sizes = itemSizes(spec, usage.item_kb);
  const bytes = (stored: readonly { storedBytes: number }[]) =>
    (usage.items * stored.reduce((sum, { storedBytes }) => sum + storedBytes, 0)) / 1e9;
  const writes = usage.writes_per_second * secondsAMonth;
  const reads = usage.reads_per_second * secondsAMonth;
  const onDemand = spec.billing_mode === "PAY_PER_REQUEST";
  const indexWrites = sizes.indexes.reduce((sum, { writeUnits }) => sum + writeUnits, 0);
  const shards = shardsOf(usage, sizes.table, bytes([sizes.table]));
  return [
    ...(onDemand
      ? [
          line("Writes", writes * sizes.table.writeUnits, "WRU", own.writeRequestUnit),
          ...some(
            indexWrites > 0,
            line(`Writes of ${indexWords(sizes.indexes)}`, writes * indexWrites, "WRU", own.writeRequestUnit),
          ),
          // Half a unit for each 4 KB that is read with eventual consistency.
          line("Reads", (reads * sizes.table.readUnits) / 2, "RRU", own.readRequestUnit),
        ]
      : []),
    line("Storage", bytes([sizes.table]), "GB-months", own.storageGbMonth),
    ...some(
      sizes.indexes.length > 0,
      line(`Storage of ${indexWords(sizes.indexes)}`, bytes(sizes.indexes), "GB-months", own.storageGbMonth),
    ),
    ...some(
      spec.enable_point_in_time_recovery,
      line(
        "Point-in-time recovery",
        bytes([sizes.table, ...sizes.indexes.filter(({ local }) => local)]),
        "GB-months",
        prices.pointInTimeRecoveryGbMonth,
      ),
    ),
    ...some(
      spec.enable_stream,
      line("Stream, one reader", shards * secondsAMonth, "reads", prices.streamReadRequest),
    ),
  ];
}

const some = (wanted: boolean, position: CostLine): CostLine[] => (wanted ? [position] : []);

const indexWords = (indexes: readonly SizedIndex[]) =>
  indexes.length === 1 ? "the index" : `${indexes.length} indexes`;

/**
 * A stream has a shard for each partition of the table: one for each 1,000 write units a second, and one for each 10 GB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
function shardsOf(usage: Usage, { writeUnits }: { writeUnits: number }, gigabytes: number): number {
  return Math.max(1, Math.ceil((usage.writes_per_second * writeUnits) / 1000), Math.ceil(gigabytes / 10));
}

/** Dollars are counted in units of 10^-12, as whole numbers, and rounded to cents once, half a cent upwards. */
function line(what: string, quantity: number, unit: string, unitUsd: string): CostLine {
  const [whole = "0", fraction = ""] = unitUsd.split(".");
  const picoDollars = BigInt(whole + fraction.padEnd(12, "0"));
  // Millionths of a unit: enough for a byte of a gigabyte-month to count for what it costs.
  const millionths = BigInt(Math.round(quantity * 1e6));
  const cents = (picoDollars * millionths + 5n * 10n ** 15n) / 10n ** 16n;
  return {
    what,
    quantity: Number(quantity.toPrecision(12)),
    unit,
    unit_usd: unitUsd,
    monthly_usd: Number(cents) / 100,
  };
}
