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
  [
    'environment in ["stage", "qa"] || project.startsWith("x")',
    "its condition is false for every environment, project and kind that there is",
  ],
  [
    '!(project == "shop") && size(tables) > 3',
    "its condition is false for every environment, project and kind that there is",
  ],
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

test("a rule behind wider ones, one or several together, is never reached, however they are written", () => {
  const wider = approval("wider", 'environment == "prod"');
  const behind = (before: string, when: string) =>
    unreachableRules(configOf("", [before, approval("behind", when)].join("\n")));
  const narrower = 'environment == "prod" && "interns" in requester.groups && tables.all(t, t.enable_ttl)';
  const why = "the rule wider before it holds wherever this one does";
  expect(behind(wider, narrower)).toEqual([`Approval behind is never reached: ${why}.`]);
  expect(behind(approval("wider", '!(environment in ["dev"])'), narrower)).toEqual([
    `Approval behind is never reached: ${why}.`,
  ]);
  const both = [wider, approval("rest", 'environment != "prod" && kind == "create"')].join("\n");
  expect(behind(both, 'kind == "create"')).toEqual([
    "Approval behind is never reached: one of the rules rest, wider before it holds wherever this one does.",
  ]);
});

test("a rule is not named where the one before it leaves something, for tables and people are not known yet", () => {
  const before = approval("before", 'environment == "prod" && tables.all(t, t.enable_ttl)');
  const rules = [before, approval("after", 'environment == "prod"')].join("\n");
  expect(unreachableRules(configOf("", rules))).toEqual([]);
});

test("a guardrail for deletions is named, for none is asked of them and it would forbid nothing", () => {
  const config = (when: string) =>
    configOf(`{ id: keep, when: '${when}', ${guard} }`, approval("all", "true"));
  for (const when of ['kind == "decommission"', 'kind != "create" && environment == "prod"'])
    expect(unreachableRules(config(when))[0]).toMatch(
      /^Guardrail keep is never asked: .* none is asked of a deletion/,
    );
});

test("parentheses around the parts of a comparison change nothing of what is said of a rule", () => {
  const named = (when: string) => unreachableRules(configOf("", approval("odd", when)));
  const nowhere = "its condition is false for every environment, project and kind that there is";
  expect(named('(environment == "prod") == (kind == "create")')).toEqual([]);
  expect(named('!(environment == "prod" || (project == "shop)"))')).toEqual([]);
  expect(named('(project == "((") != (kind == ")")')).toEqual([`Approval odd is never reached: ${nowhere}.`]);
});
