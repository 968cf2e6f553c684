import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { resolveApprovals } from "#lib/guardrails/approvals.ts";
import { evaluateGuardrails } from "#lib/guardrails/evaluate.ts";
import { explainRules } from "#lib/guardrails/explain.ts";
import { compileRule, RuleError } from "#lib/infra/cel.ts";
import { type RuleInput, ruleTableFields } from "#lib/infra/cel-variables.ts";
import { type ApprovalRule, type Guardrail, readConfig } from "#lib/infra/config.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";

const demo = readConfig("tablewright.yaml");

function request(tables: Record<string, TableSpecInput>, more: Partial<RuleInput> = {}): RuleInput {
  return {
    environment: "prod",
    project: "shop",
    kind: "create",
    requester: { email: "dana@example.com", groups: ["shop-devs"] },
    tables: Object.entries(tables).map(([key, spec]) => ({
      key,
      name: `shop-prod-${key}`,
      spec: tableSpecSchema.parse(spec),
    })),
    ...more,
  };
}

const rule = (expression: string, more: Partial<Guardrail> = {}): Guardrail => ({
  id: "g",
  when: null,
  rule: expression,
  level: "warn",
  message: "no good",
  ...more,
});

const orders: TableSpecInput = {
  partition_key: "id",
  sort_key: "at",
  attribute_types: { at: "N" },
  billing_mode: "PROVISIONED",
  read_capacity: 5,
  write_capacity: 5,
  tags: { CostCenter: "1234" },
  global_secondary_indexes: {
    byOwner: { partition_key: "owner", read_capacity: 5, write_capacity: 5, projection_type: "KEYS_ONLY" },
  },
};

describe("a guardrail sees", () => {
  test("every field of a spec", () => {
    const { key: _, name: __, ...known } = ruleTableFields;
    expect(Object.keys(known).sort()).toEqual(Object.keys(tableSpecSchema.parse(orders)).sort());
  });

  test.each([
    'table.key == "orders" && table.name == "shop-prod-orders"',
    'environment == "prod" && project == "shop" && kind == "create"',
    'requester.email == "dana@example.com" && "shop-devs" in requester.groups',
    "table.read_capacity > 4 && table.read_capacity + 1 == 6",
    'table.tags.CostCenter == "1234" && table.tags["CostCenter"].matches("^[0-9]{4}$")',
    'has(table.sort_key) && table.sort_key == "at" && table.attribute_types.at == "N"',
    "!has(table.kms_key_id) && !has(table.tags.Team) && !has(table.max_read_request_units)",
    'table.global_secondary_indexes.all(i, table.global_secondary_indexes[i].partition_key == "owner")',
    '"byOwner" in table.global_secondary_indexes && size(table.local_secondary_indexes) == 0',
    "!has(table.global_secondary_indexes.byOwner.sort_key)",
    "tables.exists(t, t.key == table.key) && tables[0].enable_ttl == false",
    "tables.filter(t, t.enable_stream).size() == 0",
  ])("%s", (expression) => {
    expect(evaluateGuardrails([rule(expression)], request({ orders }))).toEqual([]);
    expect(evaluateGuardrails([rule(`!(${expression})`)], request({ orders }))).toEqual([
      { id: "g", level: "warn", message: "no good", path: "/tables/orders" },
    ]);
  });
});

describe("a guardrail fails closed", () => {
  test.each([
    ["a rule that reads an absent field", rule('table.sort_key == "at"')],
    ["a `when` that reads an absent field", rule("true", { when: 'table.tags.Team == "x"' })],
    ["a rule that divides by zero", rule("table.point_in_time_recovery_days / (size(tables) - 1) == 1")],
    ["a rule that could not have been loaded", rule("table.nonsense")],
  ])("%s denies, although its level is warn", (_, guardrail) => {
    const [finding, ...more] = evaluateGuardrails([guardrail], request({ a: { partition_key: "id" } }));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ id: "g", level: "deny", path: "/tables/a" });
    expect(finding?.message).toMatch(/"g" could not be evaluated .* Tell the platform team/);
  });

  test("one that fails for one table leaves the others alone", () => {
    const tables = { "a/b": { partition_key: "id" }, orders };
    const findings = evaluateGuardrails([rule('table.sort_key == "at"')], request(tables));
    expect(findings.map(({ path }) => path)).toEqual(["/tables/a~1b"]);
  });
});

test("a guardrail whose `when` is false says nothing", () => {
  expect(evaluateGuardrails([rule("false", { when: 'environment == "dev"' })], request({ orders }))).toEqual(
    [],
  );
});

describe("approvals", () => {
  const specs = { plain: { partition_key: "id" } };
  const last: ApprovalRule = { id: "default", when: null, require: [{ group: "platform", count: 1 }] };

  test.each([
    ["dev", "create", specs, "dev-on-demand", []],
    ["dev", "decommission", specs, "default", ["1 platform"]],
    ["dev", "create", { ...specs, orders }, "default", ["1 platform"]],
    ["stage", "create", specs, "stage", ["1 platform"]],
    ["prod", "create", specs, "prod", ["2 platform", "1 security"]],
  ])(
    "in the demo, %s · %s is decided by the first rule that holds",
    (environment, kind, tables, id, require) => {
      const resolved = resolveApprovals(demo.approvals, request(tables, { environment, kind }));
      expect(resolved.rule).toBe(id);
      expect(resolved.require.map(({ group, count }) => `${count} ${group}`)).toEqual(require);
      expect(resolved.require.every((entry) => entry.rule === id)).toBe(true);
    },
  );

  test("a `when` that errors refuses, names the rule, and asks no later rule", () => {
    const broken: ApprovalRule = { id: "by-owner", when: 'tables.all(t, t.tags.Owner == "x")', require: [] };
    const resolve = () => resolveApprovals([broken, last], request(specs));
    expect(resolve).toThrow(AppError);
    expect(resolve).toThrow(
      expect.objectContaining({ code: "UNAVAILABLE", message: expect.stringContaining('"by-owner"') }),
    );
    expect(resolve).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ id: "by-owner" })] }),
    );
  });

  test("no rule that holds refuses", () => {
    expect(() => resolveApprovals([], request(specs))).toThrow(
      expect.objectContaining({ code: "UNAVAILABLE" }),
    );
  });
});

describe("an expression is refused at boot", () => {
  test.each([
    ["a pattern that is computed", "table.name.matches(table.key)", /in quotes/],
    ["a pattern whose time explodes", 'table.name.matches("^(a+)+$")', /repeated/],
    ["a pattern with choices repeated", 'table.name.matches("(a|a)*b")', /repeated/],
    ["a back-reference", 'table.name.matches("(a)\\\\1")', /back-references/],
    ["look-ahead", 'table.name.matches("(?=a)b")', /look-around/],
    ["many open repeats", 'table.name.matches("a*a*a*a*b")', /open repeats/],
    [
      "loops in loops in loops in loops",
      "tables.all(a, tables.all(b, tables.all(c, tables.all(d, true))))",
      /nested/,
    ],
    ["too long", `"${"x".repeat(2000)}" == environment`, /2000/],
    ["too many parts", Array(300).fill("true").join("&&"), /limit|exceed|max/i],
  ])("%s", (_, expression, reason) => {
    expect(() => compileRule(expression, "guardrail")).toThrow(RuleError);
    expect(() => compileRule(expression, "guardrail")).toThrow(reason);
  });

  test("any text is a rule or a RuleError", () => {
    const word = fc.constantFrom(
      "table",
      ".",
      "key",
      "(",
      ")",
      "has",
      "==",
      '"x"',
      "&&",
      "tables",
      "all",
      "t",
      ",",
      "!",
      "1",
      "[",
      "]",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("guardrail" as const, "approval" as const), (expression, scope) => {
        try {
          return typeof compileRule(expression, scope).run === "function";
        } catch (error) {
          return error instanceof RuleError && error.message !== "";
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("every rule of the demo is told in one sentence", () => {
  const sentences = explainRules(demo);
  expect(sentences).toHaveLength(demo.guardrails.length + demo.approvals.length);
  expect(sentences).toContain(
    "Approval prod: When environment is prod, 2 of platform, then one of security approve.",
  );
  expect(sentences).toContain("Approval default: In every other case, one of platform approves.");
});

test("a part of a rule is told with the parentheses that it begins and ends with", () => {
  const when = '(environment == "prod") == (kind == "create") && project == "shop"';
  const [sentence] = explainRules({ guardrails: [], approvals: [{ id: "odd", when, require: [] }] });
  expect(sentence).toContain('When `(environment == "prod") == (kind == "create")` and project is shop,');
});
