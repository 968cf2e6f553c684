import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateGuardrails } from "#lib/guardrails/evaluate.ts";
import { loadConfig } from "#lib/infra/config.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";

const page = readFileSync("docs/guardrails.md", "utf8");
const [, rules] = /```yaml\n([\s\S]*?)```/.exec(page)!;
const { guardrails } = loadConfig(
  `projects: { shop: { developers: [shop-devs] } }
environments:
  stage: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  prod: { account: "000000000000", region: us-east-1, endpoint: sandbox }
${rules}`,
  "docs/guardrails.md",
);

type Case = { environment?: "stage" | "prod"; key?: string; passes: object[]; fails: object[] };

const provisioned = { billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5 };
const index = { partition_key: "owner", read_capacity: 5, write_capacity: 5 };

/** By hand: for each rule what passes and what does not, in the environment where it looks. */
const cases: Record<string, Case> = {
  "prod-recovery": {
    environment: "prod",
    passes: [{ enable_point_in_time_recovery: true }],
    fails: [{}, { enable_point_in_time_recovery: false, deletion_protection: true }],
  },
  "prod-deletion-protection": {
    environment: "prod",
    passes: [{ deletion_protection: true }],
    fails: [{}, { enable_point_in_time_recovery: true }],
  },
  "prod-customer-key": {
    environment: "prod",
    passes: [{ kms_key_id: "alias/shop" }],
    fails: [{}, { encryption: "aws_owned" }, { encryption: "aws_managed" }],
  },
  "time-series-expiry": {
    passes: [{}, { type: "time-series", sort_key: "at", enable_ttl: true }],
    fails: [{ type: "time-series", sort_key: "at" }],
  },
  "provisioned-limits": {
    passes: [
      {},
      { ...provisioned, read_capacity: 1000, write_capacity: 1000 },
      { ...provisioned, global_secondary_indexes: { byOwner: index } },
    ],
    fails: [
      { ...provisioned, read_capacity: 1001 },
      { ...provisioned, write_capacity: 40_000 },
      {
        ...provisioned,
        global_secondary_indexes: { byOwner: index, other: { ...index, write_capacity: 1001 } },
      },
    ],
  },
  "on-demand-ceiling": {
    passes: [{ max_read_request_units: 100, max_write_request_units: 100 }, provisioned],
    fails: [{}, { max_read_request_units: 100 }],
  },
  "owner-tags": {
    passes: [{ tags: { Owner: "orders", CostCenter: "1234" } }],
    fails: [
      {},
      { tags: { Owner: "orders" } },
      { tags: { CostCenter: "1234" } },
      { tags: { Owner: "orders", CostCenter: "12345" } },
      { tags: { Owner: "", CostCenter: "1234" } },
      { tags: { Owner: " ", CostCenter: "1234" } },
    ],
  },
  "name-style": { key: "order-items", passes: [{}], fails: [] },
};

/** The findings of one rule about a table. */
function ask(id: string, spec: object, { environment = "stage", key = "orders" }: Partial<Case>) {
  const table = {
    key,
    name: `shop-${environment}-${key}`,
    spec: tableSpecSchema.parse({ partition_key: "id", ...spec } as TableSpecInput),
  };
  const requester = { email: "dana@example.com", groups: ["shop-devs"] };
  const input = { environment, project: "shop", kind: "create", requester, tables: [table] };
  return evaluateGuardrails(guardrails, input).filter((finding) => finding.id === id);
}

describe("the starter set in docs/guardrails.md", () => {
  test("has a case here for every rule, and no other", () => {
    expect(Object.keys(cases).sort()).toEqual(guardrails.map(({ id }) => id).sort());
  });

  test.each(Object.keys(cases))("%s lets pass what it should", (id) => {
    for (const spec of cases[id]!.passes) expect(ask(id, spec, cases[id]!), JSON.stringify(spec)).toEqual([]);
  });

  test.each(Object.keys(cases))("%s finds what it should, at its level and in its words", (id) => {
    const { level, message } = guardrails.find((one) => one.id === id)!;
    for (const spec of cases[id]!.fails)
      expect(ask(id, spec, cases[id]!), JSON.stringify(spec)).toEqual([
        { id, level, message, path: expect.stringMatching(/^\/tables\//) },
      ]);
  });

  test.each(["Orders", "order_items", "order-", "1st", "a".repeat(41)])("name-style finds %s", (key) => {
    expect(ask("name-style", {}, { key })).toHaveLength(1);
  });

  test("asks nothing for production elsewhere", () => {
    for (const id of guardrails.map((one) => one.id).filter((one) => one.startsWith("prod-")))
      expect(ask(id, {}, { environment: "stage" }), id).toEqual([]);
  });
});
