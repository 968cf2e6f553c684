import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cost, estimateCost, totalCost, type Usage } from "./cost.ts";
import { knownPrices } from "./prices.ts";
import { type TableSpecInput, tableSpecSchema } from "./schema.ts";
import { specArbitrary } from "./spec.arbitrary.ts";

const prices = knownPrices["us-east-1"]!;
const spec = (fields: Partial<TableSpecInput> = {}) =>
  tableSpecSchema.parse({ partition_key: "id", ...fields });
const estimate = (fields: Partial<TableSpecInput>, usage?: Usage) =>
  estimateCost(spec(fields), usage, prices);
const use = (reads: number, writes: number, kb: number, items: number): Usage => ({
  reads_per_second: reads,
  writes_per_second: writes,
  item_kb: kb,
  items,
});
/** The lines as "what: dollars". */
const amounts = (cost: Cost | null) =>
  Object.fromEntries(cost!.lines.map(({ what, monthly_usd }) => [what, monthly_usd]));

const index = { partition_key: "owner" };
const provisioned = { billing_mode: "PROVISIONED", read_capacity: 30, write_capacity: 20 } as const;

/**
 * By hand. A month is 730 h = 2,628,000 s. On demand: $0.625 a million writes of 1 KB, $0.125 a million reads of 4 KB, half of
 * it with eventual consistency. An item is stored with 100 bytes more; a GB has 10^9 bytes and costs $0.25 a month.
 */
describe("worked examples", () => {
  test("1: 15 writes and 20 reads a second of 1 KB, nothing stored", () => {
    // 15 x 2.628 M = 39.42 M x 0.625 = 24.6375. 20 x 2.628 M / 2 = 26.28 M x 0.125 = 3.285.
    const cost = estimate({}, use(20, 15, 1, 0));
    expect(amounts(cost)).toEqual({ Writes: 24.64, Reads: 3.29, Storage: 0 });
    expect(cost!.monthly_usd).toBe(27.93);
  });

  test("2: storage of a hundred million items of 1 KB", () => {
    // 100 M x (1,024 + 100) bytes = 112.4 GB x 0.25 = 28.10.
    expect(amounts(estimate({}, use(0, 0, 1, 1e8)))).toEqual({ Writes: 0, Reads: 0, Storage: 28.1 });
  });

  test("3: an item of 1.5 KB is written in 2 units and read in 1", () => {
    // 10 x 2.628 M x 2 = 52.56 M x 0.625 = 32.85. 10 x 2.628 M / 2 = 13.14 M x 0.125 = 1.6425.
    expect(amounts(estimate({}, use(10, 10, 1.5, 0)))).toMatchObject({ Writes: 32.85, Reads: 1.64 });
  });

  test("4: an item of 20 KB is written in 20 units and read in 5", () => {
    // 2.628 M x 20 = 52.56 M x 0.625 = 32.85. 2.628 M x 5 / 2 = 6.57 M x 0.125 = 0.82125.
    expect(amounts(estimate({}, use(1, 1, 20, 0)))).toMatchObject({ Writes: 32.85, Reads: 0.82 });
  });

  test("5: point-in-time recovery of 112.4 GB", () => {
    // 112.4 x 0.20 = 22.48, with storage 28.10 together 50.58.
    const cost = estimate({ enable_point_in_time_recovery: true }, use(0, 0, 1, 1e8));
    expect(amounts(cost)).toMatchObject({ Storage: 28.1, "Point-in-time recovery": 22.48 });
    expect(cost!.monthly_usd).toBe(50.58);
  });

  test("6: a stream of a quiet table has one shard", () => {
    // 2.628 M x 0.0000002 = 0.5256.
    expect(amounts(estimate({ enable_stream: true }, use(0, 1, 1, 0)))).toMatchObject({
      "Stream, one reader": 0.53,
    });
  });

  test("7: a stream of 2,500 writes a second has three", () => {
    // 3 x 0.5256 = 1.5768. Writes: 2,500 x 2.628 M = 6,570 M x 0.625 = 4,106.25.
    expect(amounts(estimate({ enable_stream: true }, use(0, 2500, 1, 0)))).toMatchObject({
      Writes: 4106.25,
      "Stream, one reader": 1.58,
    });
  });

  test("8: an index of everything doubles writes and storage, and is not in the recovery", () => {
    // As 1 and 2: writes 24.64 once more, storage 28.10 once more; recovery of the table alone 22.48.
    const fields = { enable_point_in_time_recovery: true, global_secondary_indexes: { byOwner: index } };
    expect(amounts(estimate(fields, use(0, 15, 1, 1e8)))).toEqual({
      Writes: 24.64,
      "Writes of the index": 24.64,
      Reads: 0,
      Storage: 28.1,
      "Storage of the index": 28.1,
      "Point-in-time recovery": 22.48,
    });
  });

  test("9: indexes of keys alone cost a unit a write each, whatever the item's size, and 200 bytes an item", () => {
    // Writes: 1 x 2.628 M x 10 units = 26.28 M x 0.625 = 16.425. Indexes: 2 x 2.628 M x 0.625 = 3.285.
    // Storage: 1 M x (10,240 + 100) = 10.34 GB x 0.25 = 2.585. Indexes: 2 x 1 M x 200 = 0.4 GB x 0.25 = 0.10.
    const keysOnly = { ...index, projection_type: "KEYS_ONLY" } as const;
    const fields = {
      global_secondary_indexes: { byOwner: keysOnly, byOwnerAndAge: { ...keysOnly, sort_key: "age" } },
    };
    expect(amounts(estimate(fields, use(0, 1, 10, 1e6)))).toEqual({
      Writes: 16.43,
      "Writes of 2 indexes": 3.29,
      Reads: 0,
      Storage: 2.59,
      "Storage of 2 indexes": 0.1,
    });
  });

  test("10: a local index is in the recovery too", () => {
    // Table and index: 2 x 112.4 = 224.8 GB x 0.20 = 44.96.
    const fields = {
      sort_key: "at",
      enable_point_in_time_recovery: true,
      local_secondary_indexes: { byState: { sort_key: "state" } },
    };
    expect(amounts(estimate(fields, use(0, 0, 1, 1e8)))["Point-in-time recovery"]).toBe(44.96);
  });

  test("11: provisioned capacity of 20 writes and 30 reads, without usage", () => {
    // 20 x 730 x 0.00065 = 9.49. 30 x 730 x 0.00013 = 2.847.
    const cost = estimate(provisioned);
    expect(amounts(cost)).toEqual({ "Write capacity": 9.49, "Read capacity": 2.85 });
    expect(cost!.monthly_usd).toBe(12.34);
  });

  test("12: provisioned capacity of an index comes on top, and use changes nothing but storage", () => {
    // (20 + 5) x 730 x 0.00065 = 11.8625. (30 + 10) x 730 x 0.00013 = 3.796. Storage: 2 x 28.10.
    const fields = {
      ...provisioned,
      global_secondary_indexes: { byOwner: { ...index, read_capacity: 10, write_capacity: 5 } },
    };
    expect(amounts(estimate(fields, use(1000, 1000, 1, 1e8)))).toEqual({
      "Write capacity": 11.86,
      "Read capacity": 3.8,
      Storage: 28.1,
      "Storage of the index": 28.1,
    });
  });

  test("13: Standard-Infrequent Access on demand: requests dearer, storage cheaper", () => {
    // 39.42 M x 0.78 = 30.7476. 26.28 M x 0.155 = 4.0734. 112.4 x 0.10 = 11.24.
    const cost = estimate({ table_class: "STANDARD_INFREQUENT_ACCESS" }, use(20, 15, 1, 1e8));
    expect(amounts(cost)).toEqual({ Writes: 30.75, Reads: 4.07, Storage: 11.24 });
  });

  test("14: Standard-Infrequent Access provisioned", () => {
    // 20 x 730 x 0.00081 = 11.826. 30 x 730 x 0.00016 = 3.504.
    const cost = estimate({ ...provisioned, table_class: "STANDARD_INFREQUENT_ACCESS" });
    expect(amounts(cost)).toEqual({ "Write capacity": 11.83, "Read capacity": 3.5 });
  });

  test("15: the largest capacity there is, whose dollars no floating point number holds to the twelfth digit", () => {
    // 40,000 x 730 x 0.00065 = 18,980. 40,000 x 730 x 0.00013 = 3,796.
    const cost = estimate({ ...provisioned, read_capacity: 40_000, write_capacity: 40_000 });
    expect(cost!.monthly_usd).toBe(22_776);
  });
});

describe("an estimate", () => {
  test("is not made for a Region without a price list, nor for a table billed by a use that nobody told", () => {
    expect(estimateCost(spec(provisioned), use(1, 1, 1, 1), null)).toBeNull();
    expect(estimate({})).toBeNull();
  });

  test("carries the date of its prices, and each line says what of how much at which price", () => {
    const cost = estimate({}, use(20, 15, 1, 0))!;
    expect(cost.as_of).toBe(prices.asOf);
    expect(cost.lines[0]).toEqual({
      what: "Writes",
      quantity: 39_420_000,
      unit: "WRU",
      unit_usd: "0.000000625",
      monthly_usd: 24.64,
    });
  });

  test("of several tables adds up, and says when one of them is missing", () => {
    const known = estimate(provisioned);
    expect(totalCost([known, known])).toEqual({ monthly_usd: 24.68, complete: true });
    expect(totalCost([known, null])).toEqual({ monthly_usd: 12.34, complete: false });
    expect(totalCost([null])).toBeNull();
  });

  const usages = fc.record({
    reads_per_second: fc.double({ min: 0, max: 1e5, noNaN: true }),
    writes_per_second: fc.double({ min: 0, max: 1e5, noNaN: true }),
    item_kb: fc.double({ min: 0, max: 400, noNaN: true }),
    items: fc.double({ min: 0, max: 1e12, noNaN: true }),
  });

  test("adds up to its lines to the cent, is never negative, and never falls when any figure rises", () => {
    const figures = ["reads_per_second", "writes_per_second", "item_kb", "items"] as const;
    fc.assert(
      fc.property(specArbitrary, usages, fc.constantFrom(...figures), (table, usage, figure) => {
        const cost = estimateCost(table, usage, prices)!;
        const cents = cost.lines.reduce((sum, line) => sum + Math.round(line.monthly_usd * 100), 0);
        expect(Math.round(cost.monthly_usd * 100)).toBe(cents);
        for (const line of cost.lines) expect(line.monthly_usd).toBeGreaterThanOrEqual(0);
        const more = estimateCost(table, { ...usage, [figure]: usage[figure] * 2 }, prices)!;
        expect(more.monthly_usd).toBeGreaterThanOrEqual(cost.monthly_usd);
      }),
      { numRuns: 200 },
    );
  });
});
