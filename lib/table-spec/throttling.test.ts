import { expect, test } from "vitest";
import { type TableSpecInput, tableSpecSchema } from "./schema.ts";
import { throttling } from "./throttling.ts";

const said = (fields: Partial<TableSpecInput>, use: { reads?: number; writes?: number; kb?: number }) =>
  throttling(tableSpecSchema.parse({ partition_key: "id", sort_key: "at", ...fields }), {
    reads_per_second: use.reads ?? 0,
    writes_per_second: use.writes ?? 0,
    item_kb: use.kb ?? 1,
    items: 0,
  });
const provisioned = { billing_mode: "PROVISIONED", read_capacity: 30, write_capacity: 20 } as const;
const indexed = {
  ...provisioned,
  global_secondary_indexes: { "by-owner": { partition_key: "owner", read_capacity: 1, write_capacity: 5 } },
};

test.each<[string, string[], string[]]>([
  ["as many writes as the table takes", said(provisioned, { writes: 20 }), []],
  [
    "larger items take more units",
    said(provisioned, { writes: 20, kb: 1.5 }),
    ["The table has 20 write capacity units a second, and the use takes 40: the rest is throttled."],
  ],
  ["reads count half, for each 4 KB begun", said(provisioned, { reads: 60, kb: 4 }), []],
  [
    "reads of larger items",
    said(provisioned, { reads: 60, kb: 5 }),
    ["The table has 30 read capacity units a second, and the use takes 60: the rest is throttled."],
  ],
  [
    "an index with less than its table",
    said(indexed, { writes: 6 }),
    [
      "The index by-owner has 5 write capacity units a second, and the use takes 6: the table's writes are throttled with it.",
    ],
  ],
  [
    "a local index is written with its table's capacity",
    said({ ...provisioned, local_secondary_indexes: { "by-day": { sort_key: "day" } } }, { writes: 15 }),
    ["The table has 20 write capacity units a second, and the use takes 30: the rest is throttled."],
  ],
  ["on demand without a maximum", said({}, { reads: 1e6, writes: 1e6 }), []],
  [
    "on demand beyond its maxima",
    said({ max_write_request_units: 10, max_read_request_units: 5 }, { reads: 20, writes: 1000 }),
    [
      "The table's maximum is 10 write request units a second, and the use takes 1,000: the rest is throttled.",
      "The table's maximum is 5 read request units a second, and the use takes 10: the rest is throttled.",
    ],
  ],
  ["a use of nothing", said({ ...provisioned, write_capacity: 1 }, {}), []],
])("%s", (_, sentences, expected) => {
  expect(sentences).toEqual(expected);
});
