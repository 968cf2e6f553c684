import { describe, expect, test } from "vitest";
import { loadConfig } from "#lib/infra/config.ts";
import { rolePolicy } from "./role-policy.ts";

const config = (region = "eu-west-1", extra = "") =>
  loadConfig(
    `projects: { shop: { developers: [a] }, billing: { developers: [b] } }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  prod: { account: "111111111111", region: ${region} }
${extra}`,
    "test.yaml",
  );
const policyOf = (given: ReturnType<typeof config>) =>
  rolePolicy(given, given.environments.find(({ name }) => name === "prod")!);
const actions = policyOf(config()).Statement.flatMap(({ Action }) => Action);

describe("the role of a worker", () => {
  test("cannot read or write an item", () => {
    expect(actions.filter((action) => /dynamodb:.*(Item|Query|Scan|Records|PartiQL)/.test(action))).toEqual(
      [],
    );
  });

  test("cannot delete a table", () => {
    expect(actions.filter((action) => action.includes("Delete"))).toEqual([]);
  });

  test("has no wildcard in an action", () => {
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  test("reaches only tables that are named as this environment's are", () => {
    const tables = policyOf(config()).Statement.find(({ Sid }) => Sid === "CreateTables")?.Resource;
    expect(tables).toEqual([
      "arn:aws:dynamodb:eu-west-1:111111111111:table/billing-prod-*",
      "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-*",
    ]);
  });

  test("follows the naming pattern of the configuration", () => {
    const named = config("eu-west-1", 'naming: { pattern: "{environment}.{project}.{key}" }');
    expect(policyOf(named).Statement.find(({ Sid }) => Sid === "ObserveTables")?.Resource).toContain(
      "arn:aws:dynamodb:eu-west-1:111111111111:table/prod.shop.*",
    );
  });

  test.each([
    ["cn-north-1", "arn:aws-cn:", "dynamodb.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "arn:aws-us-gov:", "dynamodb.us-gov-west-1.amazonaws.com"],
  ])("in %s speaks of that partition", (region, prefix, service) => {
    const { Statement } = policyOf(config(region));
    for (const { Resource } of Statement.filter(({ Sid }) => Sid !== "CountTables"))
      expect([Resource].flat().every((arn) => arn.startsWith(prefix))).toBe(true);
    expect(Statement.at(-1)?.Condition).toEqual({ StringEquals: { "kms:ViaService": service } });
  });
});
