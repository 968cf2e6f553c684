import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { specRows } from "./review-rows.ts";
import { type TableSpecInput, tableSpecSchema } from "./schema.ts";
import { specArbitrary } from "./spec.arbitrary.ts";

const rowsOf = (fields: Partial<TableSpecInput>) =>
  specRows(tableSpecSchema.parse({ partition_key: "id", ...fields })).map((row) => [
    row.setting,
    row.asked,
    row.default,
  ]);

describe("what a reviewer reads", () => {
  it("of a plain table is its key alone", () => {
    expect(rowsOf({})).toEqual([["Partition key", "id (String)", "required"]]);
  });

  it("shows no name that hides itself or turns the text around it: such characters are escapes", () => {
    const turned = "paid\u202Eon";
    const rows = rowsOf({ partition_key: turned, sort_key: "a\u200Bb", attribute_types: { [turned]: "N" } });
    expect(rows).toContainEqual(["Partition key", "paid\\u202eon (Number)", "required"]);
    expect(rows).toContainEqual(["Sort key", "a\\u200bb (String)", "none"]);
    expect(rowsOf({ partition_key: "größe 💥" })).toEqual([
      ["Partition key", "größe 💥 (String)", "required"],
    ]);
  });

  it("is every departure from the defaults, beside the default", () => {
    const rows = rowsOf({
      sort_key: "at",
      attribute_types: { at: "N" },
      type: "time-series",
      enable_ttl: true,
      ttl_attribute: "expires",
      enable_stream: true,
      stream_view_type: "KEYS_ONLY",
      point_in_time_recovery_days: 7,
      kms_key_id: "alias/orders",
      max_read_request_units: 5000,
      global_secondary_indexes: {
        "by-mail": { partition_key: "mail", projection_type: "INCLUDE", non_key_attributes: ["a", "b"] },
      },
      local_secondary_indexes: { "by-size": { sort_key: "size" } },
      tags: { team: "orders" },
    });
    expect(rows).toEqual([
      ["Partition key", "id (String)", "required"],
      ["Sort key", "at (Number)", "none"],
      ["Pattern", "Time series", "Key-value"],
      ["Most read request units", "5,000", "none"],
      ["Time to live (TTL)", "on, attribute expires", "off"],
      ["Stream", "on, Keys only", "off"],
      ["Point-in-time recovery", "off (7 days: no effect)", "off"],
      ["Encryption", "Customer-managed key, alias/orders", "AWS-managed key"],
      ["Global secondary index by-mail", "mail (String); Chosen attributes: a, b", "none"],
      ["Local secondary index by-size", "size (String); All attributes", "none"],
      ["Tag team", "orders", "none"],
    ]);
  });

  it("shows the capacities of table and index", () => {
    const capacity = { read_capacity: 10, write_capacity: 5 };
    const index = { partition_key: "a", sort_key: "b", projection_type: "KEYS_ONLY" as const, ...capacity };
    expect(
      rowsOf({ billing_mode: "PROVISIONED", ...capacity, global_secondary_indexes: { "by-a": index } }),
    ).toEqual([
      ["Partition key", "id (String)", "required"],
      ["Billing mode", "Provisioned", "On demand"],
      ["Read capacity units", "10", "none"],
      ["Write capacity units", "5", "none"],
      [
        "Global secondary index by-a",
        "a (String), b (String); Keys only; 10 read and 5 write capacity units",
        "none",
      ],
    ]);
  });

  it("never leaves out an option that differs from its default", () => {
    const plain = tableSpecSchema.parse({ partition_key: "id" });
    const shownWith: Partial<Record<string, string>> = {
      ttl_attribute: "enable_ttl",
      stream_view_type: "enable_stream",
      point_in_time_recovery_days: "enable_point_in_time_recovery",
      kms_key_id: "encryption",
    };
    fc.assert(
      fc.property(specArbitrary, (spec) => {
        const shown = new Set<string>(specRows(spec).map(({ field }) => field));
        for (const [field, value] of Object.entries(spec)) {
          if (field === "attribute_types") continue;
          if (JSON.stringify(value) === JSON.stringify(plain[field as keyof typeof plain])) continue;
          expect(shown).toContain(shownWith[field] ?? field);
        }
      }),
    );
  });
});
