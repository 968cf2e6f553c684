import { expect, test } from "vitest";
import { loadConfig } from "#lib/infra/config.ts";
import { unreachableRules } from "./unreachable.ts";

const guard = "rule: table.deletion_protection, level: warn, message: Protect it";
const configOf = (guardrails: string, approvals: string) =>
  loadConfig(
    `name: Tests
projects: { shop: { developers: [shop-devs] } }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  prod: { account: "000000000000", region: us-east-1, endpoint: sandbox }
guardrails: [${guardrails}]
approvals:
${approvals}
  - { id: last, require: [{ group: platform, count: 1 }] }
`,
    "tablewright.yaml",
  );
const approval = (id: string, when: string) => `  - { id: ${id}, when: '${when}', require: [] }`;

test.each([
  ['environment == "stage"', 'there is no environment "stage"'],
  ['project == "shopp" && kind == "create"', 'there is no project "shopp"'],
  ['kind == "delete"', 'there is no kind "delete"'],
  ['environment == "dev" && "prod" == environment', "environment cannot be both dev and prod"],
  ["false", "its condition is false"],
])("a rule for %s is named as one that never decides", (when, why) => {
  const config = configOf(`{ id: never, when: '${when}', ${guard} }`, approval("never", when));
  expect(unreachableRules(config)).toEqual([
    `Guardrail never is never asked: ${why}.`,
    `Approval never is never reached: ${why}.`,
  ]);
});

test("a rule after one that holds for every request, or under the same condition, is never reached", () => {
  const twice = [approval("first", 'kind == "create"'), approval("again", 'kind  == "create"')].join("\n");
  expect(unreachableRules(configOf("", twice))).toEqual([
    "Approval again is never reached: the rule first before it has the same condition.",
  ]);
  expect(unreachableRules(configOf("", approval("all", "true")))).toEqual([
    "Approval last is never reached: the rule all before it holds for every request.",
  ]);
});

test("rules by requester, project and kind that may hold are not named", () => {
  const rules = [
    approval("team", '"interns" in requester.groups && project == "shop"'),
    approval("either", 'environment == "stage" || kind == "decommission"'),
  ].join("\n");
  expect(unreachableRules(configOf("", rules))).toEqual([]);
});
