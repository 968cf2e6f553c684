import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdviceContext, advise } from "./advice.ts";
import { findingSchema } from "./findings.ts";
import { pointerSegments } from "./json-pointer.ts";
import { type TableSpecInput, tableSpecSchema } from "./schema.ts";
import { specArbitrary } from "./spec.arbitrary.ts";

const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The advice on a table that has recovery, so that only what the fields provoke is left. */
function adviceOn(fields: Partial<TableSpecInput>, context: AdviceContext = {}) {
  const spec = tableSpecSchema.parse({ partition_key: "id", enable_point_in_time_recovery: true, ...fields });
  return advise("events", spec, context).map(({ id, level, path }) => [
    id,
    level,
    path.replace("/tables/events", ""),
  ]);
}

describe("advice", () => {
  it("is silent on a plain table with recovery", () => {
    expect(adviceOn({})).toEqual([]);
    expect(adviceOn({ deletion_protection: true }, { environment: "prod" })).toEqual([]);
  });

  it.each<[string, Partial<TableSpecInput>, AdviceContext, string[][]]>([
    [
      "a sort key in a key-value table",
      { sort_key: "at" },
      {},
      [["key-value-with-sort-key", "info", "/sort_key"]],
    ],
    [
      "a time series that never ends",
      { type: "time-series", sort_key: "at" },
      {},
      [["time-series-without-ttl", "info", "/enable_ttl"]],
    ],
    [
      "a partition key of few values",
      { partition_key: "event_type" },
      {},
      [["few-partition-key-values", "info", "/partition_key"]],
    ],
    [
      "… in camel case",
      { partition_key: "eventType" },
      {},
      [["few-partition-key-values", "info", "/partition_key"]],
    ],
    [
      "… of an index",
      { global_secondary_indexes: { "by-status": { partition_key: "status" } } },
      {},
      [["few-partition-key-values", "info", "/global_secondary_indexes/by-status/partition_key"]],
    ],
    [
      "a name with spaces around",
      { partition_key: "id " },
      {},
      [["spaces-around-attribute-name", "warn", "/partition_key"]],
    ],
    [
      "… at an index",
      { global_secondary_indexes: { "by-a": { partition_key: "a", sort_key: " b" } } },
      {},
      [["spaces-around-attribute-name", "warn", "/global_secondary_indexes/by-a/sort_key"]],
    ],
    ["TTL", { enable_ttl: true }, {}, [["ttl-in-seconds", "info", "/ttl_attribute"]]],
    [
      "TTL with a stream",
      { enable_ttl: true, enable_stream: true },
      {},
      [
        ["ttl-in-seconds", "info", "/ttl_attribute"],
        ["ttl-in-stream", "info", "/enable_stream"],
      ],
    ],
    [
      "TTL on a key",
      { enable_ttl: true, ttl_attribute: "id", attribute_types: { id: "N" } },
      {},
      [
        ["ttl-in-seconds", "info", "/ttl_attribute"],
        ["ttl-on-key", "warn", "/ttl_attribute"],
      ],
    ],
    [
      "no recovery",
      { enable_point_in_time_recovery: false },
      {},
      [["no-point-in-time-recovery", "info", "/enable_point_in_time_recovery"]],
    ],
    [
      "no deletion protection in production",
      {},
      { environment: "prod-eu" },
      [["no-deletion-protection", "info", "/deletion_protection"]],
    ],
    ["no deletion protection elsewhere", {}, { environment: "products" }, []],
    [
      "a customer's key",
      { kms_key_id: "alias/orders" },
      { region: "us-east-1" },
      [["customer-key-cost", "info", "/kms_key_id"]],
    ],
    [
      "a key of the Region",
      { kms_key_id: keyArn },
      { region: "eu-west-1" },
      [["customer-key-cost", "info", "/kms_key_id"]],
    ],
    [
      "a key of another Region",
      { kms_key_id: keyArn },
      { region: "us-east-1" },
      [
        ["customer-key-cost", "info", "/kms_key_id"],
        ["key-in-other-region", "warn", "/kms_key_id"],
      ],
    ],
    [
      "infrequent access",
      { table_class: "STANDARD_INFREQUENT_ACCESS" },
      {},
      [["infrequent-access", "info", "/table_class"]],
    ],
    [
      "provisioned capacity",
      { billing_mode: "PROVISIONED", read_capacity: 1, write_capacity: 1 },
      {},
      [["fixed-capacity", "info", "/billing_mode"]],
    ],
    [
      "a local index",
      {
        type: "time-series",
        sort_key: "at",
        enable_ttl: true,
        local_secondary_indexes: { "by-a": { sort_key: "a" } },
      },
      {},
      [
        ["ttl-in-seconds", "info", "/ttl_attribute"],
        ["local-index-is-final", "info", "/local_secondary_indexes"],
      ],
    ],
  ])("on %s", (_, fields, context, expected) => {
    expect(adviceOn(fields, context)).toEqual(expected);
  });

  it("points at something in the spec, is unique by id and path, and never denies", () => {
    fc.assert(
      fc.property(specArbitrary, fc.constantFrom("dev", "prod"), (spec, environment) => {
        const findings = advise("a/b", spec, { environment, region: "us-east-1" });
        for (const finding of findings) {
          findingSchema.parse(finding);
          expect(finding.level).not.toBe("deny");
          const [tables, key, ...rest] = pointerSegments(finding.path);
          expect([tables, key]).toEqual(["tables", "a/b"]);
          const target = rest.reduce<unknown>(
            (value, segment) => (value as Record<string, unknown>)[segment],
            spec,
          );
          expect(rest.length).toBeGreaterThan(0);
          expect(target).toBeDefined();
        }
        expect(new Set(findings.map(({ id, path }) => `${id} ${path}`)).size).toBe(findings.length);
      }),
    );
  });
});
