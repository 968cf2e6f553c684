import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { ConfigError, loadConfig, readConfig } from "#lib/infra/config.ts";

const base = `projects:
  shop: { developers: [dana@example.com] }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
`;

function problemsOf(text: string): string {
  try {
    loadConfig(text, "t.yaml");
    return "OK";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const environment = (body: string) => `projects: { shop: {} }\nenvironments:\n  dev:\n${body}`;
const place = '    account: "111111111111"\n    region: eu-west-1\n';
const approvals = (rules: string) => `${base}approvals:\n${rules}`;
const guardrail = (body: string) => `${base}guardrails:\n  - ${body}`;

describe("a file with a fault is refused with line, column and reason", () => {
  test.each<[name: string, text: string, place: string, reason: RegExp]>([
    ["nothing", "", "1:1", /empty/],
    ["only comments", "# hello\n", "1:1", /empty/],
    ["a list", "- a\n", "1:1", /mapping of keys/],
    ["broken YAML", "name: [\n", "2:1", /sequence/],
    ["a key twice", "name: a\nname: b\n", "2:1", /given twice/],
    ["an anchor", "name: &a x\n", "1:10", /anchors/],
    ["an alias", "tags: {}\nname: *a\n", "2:7", /alias/i],
    ["a merge key", "name: x\n<<: { a: b }\n", "2:1", /merge keys/],
    ["a custom tag", "name: !secret x\n", "1:7", /tag/i],
    ["a directive", "%YAML 1.1\n---\nname: x\n", "1:1", /directive/],
    ["two documents", "name: x\n---\nname: y\n", "2:1", /more than one/],
    ["a number as a key", "1: x\n", "1:1", /must be text/],
    ["a key of JavaScript's own", "__proto__: {}\n", "1:1", /__proto__/],
    ["an unknown key", `${base}guardrail: []\n`, "5:1", /unknown key "guardrail"; did you mean "guardrails"/],
    ["no environments", "projects: { shop: {} }\n", "1:1", /`environments` is missing/],
    ["no environment", "projects: { shop: {} }\nenvironments: {}\n", "2:15", /at least one environment/],
    ["no project", base.replace(/projects:\n.*/, "projects: {}"), "1:11", /at least one project/],
    ["a bad project name", base.replace("shop", '"my shop"'), "2:3", /part of table names/],
    [
      "an unquoted account",
      environment("    account: 111111111111\n    region: eu-west-1\n"),
      "4:14",
      /quote it, "111111111111"/,
    ],
    [
      "an account of eleven digits",
      environment('    account: "11111111111"\n    region: eu-west-1\n'),
      "4:14",
      /12 digits/,
    ],
    [
      "an environment without region",
      environment('    account: "111111111111"\n'),
      "3:3",
      /`region` is missing/,
    ],
    [
      "an unknown key of an environment",
      environment(`${place}    regin: x\n`),
      "6:5",
      /did you mean "region"/,
    ],
    [
      "an endpoint that is no URL",
      environment(`${place}    endpoint: localhost:8000\n`),
      "6:15",
      /sandbox, an http/,
    ],
    [
      "an endpoint with a password",
      environment(`${place}    endpoint: http://a:b@localhost\n`),
      "6:15",
      /no user, password/,
    ],
    [
      "an endpoint of AWS",
      environment(`${place}    endpoint: https://dynamodb.eu-west-1.amazonaws.com\n`),
      "6:15",
      /leave `endpoint` out/,
    ],
    [
      "a role beside an endpoint",
      environment(`${place}    endpoint: sandbox\n    role_arn: "arn:aws:iam::111111111111:role/t"\n`),
      "7:5",
      /is for AWS/,
    ],
    [
      "a role in another account",
      environment(`${place}    role_arn: "arn:aws:iam::222222222222:role/t"\n`),
      "6:5",
      /account 222222222222/,
    ],
    [
      "an external id without a role",
      environment(`${place}    external_id: abc\n`),
      "6:5",
      /needs a `role_arn`/,
    ],
    ["paused: yes", environment(`${place}    paused: yes\n`), "6:13", /true or false/],
    ["a reserved tag", `${base}tags:\n  Name: x\n`, "6:3", /"Name"/],
    ["a tag of AWS", environment(`${place}    tags: { "aws:x": y }\n`), "6:13", /aws:/],
    ["a tag that is a number", `${base}tags: { CostCenter: 0123 }\n`, "5:21", /quote it, "0123"/],
    [
      "a pattern without key",
      `${base}naming: { pattern: "{project}-{environment}" }\n`,
      "5:20",
      /\{key\} is missing/,
    ],
    [
      "a pattern with an unknown part",
      `${base}naming: { pattern: "{team}-{key}" }\n`,
      "5:20",
      /unknown part \{team\}/,
    ],
    [
      "a pattern with a slash",
      `${base}naming: { pattern: "{project}/{environment}/{key}" }\n`,
      "5:20",
      /letters, digits/,
    ],
    [
      "a key that is no regular expression",
      `${base}naming: { key: "[" }\n`,
      "5:16",
      /not a valid regular expression/,
    ],
    ["a key whose time explodes", `${base}naming: { key: "([a-z]+)*" }\n`, "5:16", /repeated/],
    [
      "a misspelt field",
      guardrail("{ id: a, level: deny, message: x, rule: table.enble_ttl }\n"),
      "6:45",
      /did you mean "enable_ttl"/,
    ],
    [
      "a misspelt field in has()",
      guardrail("{ id: a, level: deny, message: x, rule: has(table.sort_kye) }\n"),
      "6:45",
      /did you mean "sort_key"/,
    ],
    [
      "an unknown variable",
      guardrail('{ id: a, level: deny, message: x, rule: env == "dev" }\n'),
      "6:45",
      /Unknown variable: env/,
    ],
    [
      "a rule that is no yes or no",
      guardrail("{ id: a, level: deny, message: x, rule: table.key }\n"),
      "6:45",
      /true or false, but its type is string/,
    ],
    [
      "types that do not fit",
      guardrail('{ id: a, level: deny, message: x, rule: table.read_capacity > "5" }\n'),
      "6:45",
      /no such overload/,
    ],
    [
      "a comparison with null",
      guardrail("{ id: a, level: deny, message: x, rule: table.sort_key == null }\n"),
      "6:45",
      /use has\(\)/,
    ],
    [
      "a rule that is no CEL",
      guardrail("{ id: a, level: deny, message: x, rule: table. }\n"),
      "6:45",
      /not a valid expression/,
    ],
    [
      "a level that does not exist",
      guardrail('{ id: a, level: info, message: x, rule: "true" }\n'),
      "6:21",
      /deny or warn/,
    ],
    [
      "a guardrail without id",
      guardrail('{ level: deny, message: x, rule: "true" }\n'),
      "6:5",
      /`id` is missing/,
    ],
    [
      "a guardrail without message",
      guardrail('{ id: a, level: deny, rule: "true" }\n'),
      "6:5",
      /`message` is missing/,
    ],
    [
      "an id twice",
      approvals('  - { id: a, when: "true", require: [] }\n  - { id: a, require: [] }\n'),
      "7:11",
      /"a" is used twice/,
    ],
    [
      "a last rule with a when",
      approvals('  - { id: a, when: "true", require: [] }\n'),
      "6:14",
      /last approval rule/,
    ],
    [
      "a rule nobody reaches",
      approvals("  - { id: a, require: [] }\n  - { id: b, require: [] }\n"),
      "6:5",
      /never reached/,
    ],
    [
      "`table` in an approval rule",
      approvals("  - { id: a, when: table.enable_ttl, require: [] }\n  - { id: b, require: [] }\n"),
      "6:20",
      /use `tables`/,
    ],
    [
      "a count of zero",
      approvals("  - { id: a, require: [{ group: platform, count: 0 }] }\n"),
      "6:50",
      /at least 1/,
    ],
    ["a rule without require", approvals("  - { id: a }\n"), "6:5", /`require` is missing/],
    ["an expiry of zero days", `${base}request_expiry_days: 0\n`, "5:22", /at least 1 day/],
  ])("%s", (_, text, where, reason) => {
    const lines = problemsOf(text).split("\n");
    const line = lines.find((candidate) => candidate.startsWith(`t.yaml:${where}: `));
    expect(line, lines.join("\n")).toMatch(reason);
  });

  test("every problem is listed, in the order of the file", () => {
    const text = `naem: x\n${base}tags: { Name: x }\napprovals:\n  - { id: a, when: kind, require: [] }\n`;
    const places = problemsOf(text)
      .split("\n")
      .map((line) => line.split(": ")[0]);
    expect(places).toEqual(["t.yaml:1:1", "t.yaml:6:9", "t.yaml:8:14", "t.yaml:8:20"]);
  });

  test("names that would collide are refused, where projects or environments share a place", () => {
    const shared = `${base}  stage: { account: "000000000000", region: us-east-1, endpoint: sandbox }\n`;
    expect(problemsOf(`${shared}naming: { pattern: "{project}-{key}" }\n`)).toMatch(
      /6:20: \{environment\} is missing/,
    );
    expect(problemsOf(`${base}naming: { pattern: "{project}-{key}" }\n`)).toBe("OK");
    const two = base.replace("environments:", "  billing: {}\nenvironments:");
    expect(problemsOf(`${two}naming: { pattern: "{environment}-{key}" }\n`)).toMatch(
      /6:20: \{project\} is missing/,
    );
  });

  test("more tags than a table can carry are refused", () => {
    const tags = Object.fromEntries(Array.from({ length: 44 }, (_, index) => [`t${index}`, "x"]));
    expect(problemsOf(base + stringify({ tags }))).toMatch(/44 tags; 43 are left/);
  });

  test("a file that is too large, or not there, is refused", () => {
    expect(problemsOf(`# ${"x".repeat(300_000)}`)).toMatch(/larger than 256 KiB/);
    expect(() => readConfig("no-such-file.yaml")).toThrow(/no-such-file.yaml:1:1: there is no such file/);
  });
});

describe("a file without faults", () => {
  test("gets the defaults of what it leaves out", () => {
    expect(loadConfig(base, "t.yaml")).toMatchObject({
      name: "Tablewright",
      platform_group: "platform",
      naming: { pattern: "{project}-{environment}-{key}", key: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" },
      environments: [{ name: "dev", role_arn: null, external_id: null, paused: false, tags: {} }],
      tags: {},
      guardrails: [],
      approvals: [{ id: "default", when: null, require: [{ group: "platform", count: 1 }] }],
      self_approval: false,
      request_expiry_days: 30,
    });
  });

  test("without approvals asks one of the platform group, whatever that group is called", () => {
    const { approvals } = loadConfig(`platform_group: sre\n${base}`, "t.yaml");
    expect(approvals).toEqual([{ id: "default", when: null, require: [{ group: "sre", count: 1 }] }]);
  });

  test("is what every example in the documentation makes", () => {
    const page = readFileSync("docs/configuration.md", "utf8");
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, example]) => example ?? "");
    expect(examples.length).toBeGreaterThan(2);
    for (const example of examples) {
      expect(
        problemsOf(
          example.startsWith("environments:") ? `projects: { shop: {} }\n${example}` : base + example,
        ),
      ).toBe("OK");
    }
  });

  test("keeps the environments in the order of the file, also where names look like numbers", () => {
    const one = '{ account: "111111111111", region: eu-west-1 }';
    const text = `projects: { shop: {} }\nenvironments:\n  zeta: ${one}\n  "2": ${one}\n  "1": ${one}\n`;
    expect(loadConfig(text, "t.yaml").environments.map(({ name }) => name)).toEqual(["zeta", "2", "1"]);
  });

  test("normalises the URL of an emulator and the case of e-mail addresses", () => {
    const text = base.replace("sandbox", "HTTP://LocalHost:8000/").replace("dana@", "Dana@");
    const { environments, projects } = loadConfig(text, "t.yaml");
    expect(environments[0]?.endpoint).toBe("http://localhost:8000");
    expect(projects.shop?.developers).toEqual(["dana@example.com"]);
  });

  test("takes null as absent for an environment's options", () => {
    const text = environment(
      `${place}    endpoint: null\n    role_arn: null\n    external_id: null\n    tags:\n`,
    );
    expect(loadConfig(text, "t.yaml").environments[0]).toMatchObject({
      endpoint: null,
      role_arn: null,
      tags: {},
    });
  });

  test("has a key pattern that must fit the whole key", () => {
    const { naming } = loadConfig(`${base}naming: { key: "[a-z]+|x9" }\n`, "t.yaml");
    expect(naming.key).toBe("^(?:[a-z]+|x9)$");
  });

  test("has no project that JavaScript's objects bring along", () => {
    expect("constructor" in loadConfig(base, "t.yaml").projects).toBe(false);
  });
});

describe("any text is a configuration or a ConfigError", () => {
  const outcome = (text: string) => {
    try {
      return loadConfig(text, "t.yaml").approvals.length > 0;
    } catch (error) {
      return error instanceof ConfigError && /^t\.yaml:\d+:\d+: \S/.test(error.message);
    }
  };

  test("any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), outcome));
  });

  test("any YAML", () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: false }), (value) => outcome(yamlOf(value))));
  });

  test("the demo's file with a piece cut out or put in", () => {
    const text = readFileSync("tablewright.yaml", "utf8");
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("\n", "- ", ": ", "{", "}", "[", '"', "&a", "*a", "null", "0"),
    );
    const spot = fc.nat(text.length);
    fc.assert(
      fc.property(spot, fc.nat(40), piece, (from, length, put) =>
        outcome(text.slice(0, from) + put + text.slice(from + length)),
      ),
    );
  });

  test("brackets nested without end", () => {
    expect(outcome("[".repeat(100_000))).toBe(true);
    expect(outcome("- ".repeat(100_000))).toBe(true);
  });
});

function yamlOf(value: unknown): string {
  try {
    return stringify(value) ?? "";
  } catch {
    return "";
  }
}

test("the demo's file says what the demo promises", () => {
  const config = readConfig("tablewright.yaml");
  expect(config.name).toBe("Acme tables");
  expect(config.projects).toEqual(
    Object.assign(Object.create(null), {
      shop: { developers: ["dana@example.com"] },
      billing: { developers: ["noor@example.com"] },
    }),
  );
  expect(
    config.environments.map(({ name, account, region, endpoint }) => [name, account, region, endpoint]),
  ).toEqual(["dev", "stage", "prod"].map((name) => [name, "000000000000", "us-east-1", "sandbox"]));
  expect(
    config.approvals.map(({ id, require }) => [id, require.map(({ group, count }) => `${count} ${group}`)]),
  ).toEqual([
    ["dev-on-demand", []],
    ["stage", ["1 platform"]],
    ["prod", ["2 platform", "1 security"]],
    ["default", ["1 platform"]],
  ]);
});
