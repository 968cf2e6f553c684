import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse as parseHcl } from "@cdktf/hcl2json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { keyAttributes } from "#lib/table-spec/key-attributes.ts";
import { hostileSpecArbitrary, hostileStringArbitrary } from "./hostile.arbitrary.ts";
import type { IamPolicyOptions, PolicyDocument } from "./iam-policy.ts";
import { iamPolicySnippet } from "./iam-policy-snippet.ts";
import { indexedSpec, policyOptions, policyTable } from "./iam-tables.fixture.ts";
import type { SnippetTable } from "./snippet.ts";

const given = fc.record({
  spec: hostileSpecArbitrary,
  attributes: fc.uniqueArray(hostileStringArbitrary, { minLength: 1, maxLength: 4 }),
  keys: fc.uniqueArray(hostileStringArbitrary, { minLength: 1, maxLength: 3 }),
});

/** As IAM reads a literal: `${$}` is a dollar. */
const meant = (value: string) => value.replaceAll(`\${$}`, "$");
/** As somebody writes any text for a leading key. */
const written = (value: string) => value.replaceAll(/\$+(?=\{)/g, (run) => `\${$}`.repeat(run.length));

const options = (as: string, attributes: string[], keys: string[]): IamPolicyOptions =>
  policyOptions({
    access: "reader-writer",
    as,
    attributes,
    leading_keys: keys.map(written),
    partiql: true,
  });

const tableOf = (spec: SnippetTable["spec"]): SnippetTable => ({
  ...policyTable("orders", { kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/k" }),
  spec,
});

const jsonOf = (chosen: IamPolicyOptions, table: SnippetTable): PolicyDocument =>
  JSON.parse(iamPolicySnippet({ ...chosen, as: "json" }, [table]).files[0]!.content);

/** Every value of every condition. */
const valuesOf = ({ Statement }: PolicyDocument) =>
  Statement.flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((of) => Object.values(of).flat()),
  );

/** The content in a form, or null where the form is refused with a reason. */
function contentOf(chosen: IamPolicyOptions, table: SnippetTable): string | null {
  try {
    return iamPolicySnippet(chosen, [table]).files[0]!.content;
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID" });
    return null;
  }
}

describe("any names and leading keys in a policy", () => {
  test("are the same when the JSON is read, which holds only what IAM takes and people see", () => {
    fc.assert(
      fc.property(given, ({ spec, attributes, keys }) => {
        const table = tableOf(spec);
        const { content } = iamPolicySnippet(options("json", attributes, keys), [table]).files[0]!;
        expect(content).toMatch(/^[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff]*$/);
        const { Statement } = JSON.parse(content) as PolicyDocument;
        const conditions = Statement[0]!.Condition!["ForAllValues:StringEquals"]!;
        expect([conditions["dynamodb:LeadingKeys"]!].flat().map(meant)).toEqual(keys);
        const named = [conditions["dynamodb:Attributes"]!].flat().map(meant);
        expect(named).toEqual(expect.arrayContaining(attributes));
        const reachable = keyAttributes({ ...spec, global_secondary_indexes: {} });
        expect(named).toEqual(expect.arrayContaining(reachable));
      }),
      { numRuns: 150 },
    );
  });

  test("are the same when the CloudFormation template is read, as YAML 1.1 and as 1.2", () => {
    fc.assert(
      fc.property(given, ({ spec, attributes, keys }) => {
        const chosen = options("cloudformation", attributes, keys);
        const table = tableOf(spec);
        const content = contentOf(chosen, table);
        const resolving = valuesOf(jsonOf(chosen, table)).some((text) => text.includes("{{resolve:"));
        expect(content === null).toBe(resolving);
        if (content === null) return;
        expect(content).not.toMatch(/[^\P{C}\n]|[^\P{Z} ]/u);
        for (const version of ["1.1", "1.2"] as const) {
          const read = parseYaml(content, { version, logLevel: "silent" });
          const [resource] = Object.values(read.Resources) as { Properties: { PolicyDocument: unknown } }[];
          expect(resource!.Properties.PolicyDocument).toEqual(jsonOf(chosen, table));
        }
      }),
      { numRuns: 150 },
    );
  });

  const latin = (text: string) => /^[\p{ASCII}\u0080-\u00ff]+$/u.test(text);
  test("are the same when HashiCorp's parser reads the data source, or are refused with the reason", async () => {
    const narrow = hostileStringArbitrary.filter(latin);
    const arbitrary = fc.record({
      spec: fc.constant(policyTable("orders", { spec: indexedSpec }).spec),
      attributes: fc.uniqueArray(narrow, { minLength: 1, maxLength: 4 }),
      keys: fc.uniqueArray(narrow, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(arbitrary, given), async ({ spec, attributes, keys }) => {
        const chosen = options("terraform", attributes, keys);
        const table = tableOf(spec);
        const content = contentOf(chosen, table);
        const texts = valuesOf(jsonOf(chosen, table));
        expect(content === null).toBe(texts.some((text) => text.includes("&{") || !latin(text)));
        if (content === null) return;
        expect(await documentOfHcl(content)).toEqual(lists(jsonOf(chosen, table)));
      }),
      { numRuns: 120 },
    );
  });
});

type HclStatement = {
  sid: string;
  effect: string;
  actions: string[];
  resources: string[];
  condition?: { test: string; variable: string; values: string[] }[];
};

/** hcl2json leaves `$${` and `%%{` as they are written. */
const unescaped = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll("$${", "${").replaceAll("%%{", "%{"));

/** What `aws_iam_policy_document` makes of the file, every value as a list. */
async function documentOfHcl(content: string) {
  const read = unescaped(await parseHcl("policy.tf", content));
  const [[{ statement }]] = Object.values(read.data.aws_iam_policy_document) as [
    [{ statement: HclStatement[] }],
  ];
  return statement.map(({ sid, effect, actions, resources, condition = [] }) => ({
    sid,
    effect,
    actions,
    resources,
    conditions: condition.map(({ test: operator, variable, values }) => [operator, variable, values]),
  }));
}

const lists = ({ Statement }: PolicyDocument) =>
  Statement.map(({ Sid, Effect, Action, Resource, Condition = {} }) => ({
    sid: Sid,
    effect: Effect,
    actions: Action,
    resources: [Resource].flat(),
    conditions: Object.entries(Condition).flatMap(([operator, variables]) =>
      Object.entries(variables).map(([variable, values]) => [operator, variable, [values].flat()]),
    ),
  }));

const tenant = `\${aws:PrincipalTag/tenant_id}`;

describe("a policy variable", () => {
  test.each([
    ["json", `"${tenant}"`],
    ["terraform", `["$${tenant}"]`],
    ["cloudformation", `- "${tenant}"`],
  ])("stays alive as %s", (as, text) => {
    const { files } = iamPolicySnippet(policyOptions({ as, leading_keys: tenant }), [policyTable()]);
    expect(files[0]!.content).toContain(text);
  });

  test.each(["json", "terraform", "cloudformation"])(
    "is a text where an attribute is called so, as %s",
    (as) => {
      const { files } = iamPolicySnippet(policyOptions({ as, attributes: [`\${aws:userid}`] }), [
        policyTable(),
      ]);
      expect(files[0]!.content).toContain(`\${$}{aws:userid}`);
    },
  );
});

const cfnLint = spawnSync("cfn-lint", ["--version"]).status === 0;

describe("a policy as CloudFormation", () => {
  test("is one unnamed managed policy, and its ARN as an output", () => {
    const { files } = iamPolicySnippet(
      policyOptions({ as: "cloudformation", access: "module", scan: false }),
      [policyTable()],
    );
    expect(files[0]!.content).toBe(`AWSTemplateFormatVersion: "2010-09-09"
Description: Policy for a module of shop-prod-orders
Resources:
  ShopProdOrdersModuleC6189016Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: Table
            Effect: Allow
            Action:
              - dynamodb:GetItem
              - dynamodb:PutItem
              - dynamodb:UpdateItem
              - dynamodb:DeleteItem
              - dynamodb:Query
            Resource: arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders
Outputs:
  PolicyArn:
    Description: ARN of the policy, to attach to a role
    Value: !Ref ShopProdOrdersModuleC6189016Policy
`);
  });

  test("has a logical id that CloudFormation takes, however long the table's name is", () => {
    const table = policyTable("orders", { name: "x".repeat(255) });
    const { content } = iamPolicySnippet(policyOptions({ as: "cloudformation" }), [table]).files[0]!;
    expect(Object.keys(parseYaml(content, { logLevel: "silent" }).Resources).join()).toMatch(
      /^[A-Za-z0-9]{1,255}$/,
    );
  });

  test.skipIf(!cfnLint)(
    "has no cfn-lint error, policy variables and odd names included",
    { timeout: 60_000 },
    () => {
      const folder = mkdtempSync(join(tmpdir(), "policies-"));
      try {
        const variants: object[] = [
          {},
          { access: "stream", https_only: true },
          { access: "writer", partiql: true },
          {
            access: "reader-writer",
            leading_keys: [tenant, `\${$}{AWS::Region}`],
            partiql: true,
            https_only: true,
          },
          { attributes: [`\${AWS::Region}`, "yes", "12:30", "*a", "a: b", "\u202e", "!Ref x"], scan: false },
        ];
        variants.forEach((variant, at) => {
          const tables = [policyTable("orders", { spec: indexedSpec }), policyTable("1.users")];
          const { files } = iamPolicySnippet(policyOptions({ ...variant, as: "cloudformation" }), tables);
          for (const { filename, content } of files)
            writeFileSync(join(folder, `${at}-${filename}`), content);
        });
        const lint = spawnSync("cfn-lint", ["--non-zero-exit-code", "error", `${folder}/*.yaml`], {
          encoding: "utf8",
        });
        expect(lint.status, lint.stdout + lint.stderr).toBe(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
