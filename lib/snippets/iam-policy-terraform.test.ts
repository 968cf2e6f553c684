import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileStringArbitrary } from "./hostile.arbitrary.ts";
import { iamAccesses, type PolicyDocument } from "./iam-policy.ts";
import { type IamPolicySnippet, iamPolicySnippet } from "./iam-policy-snippet.ts";
import { customerKey, indexedSpec, policyOptions, policyTable } from "./iam-tables.fixture.ts";
import { providerMissing, sandboxProvider, TerraformRoot, withReason } from "./terraform.fixture.ts";

const seed = 20_261_128;
const tenant = `\${aws:PrincipalTag/tenant_id}`;

/** What Terraform can say in a policy; the rest is refused, which other tests show. */
const sayable = hostileStringArbitrary.filter(
  (text) => /^[\p{ASCII}\u0080-\u00ff]+$/u.test(text) && !text.includes("&{"),
);
const names = fc.sample(fc.uniqueArray(sayable, { minLength: 1, maxLength: 4 }), { seed, numRuns: 12 });
const asLeadingKey = (text: string) => text.replaceAll(/\$+(?=\{)/g, (run) => `\${$}`.repeat(run.length));

const chosen: [access: string, given: object][] = [
  ...iamAccesses.map((access): [string, object] => [access, {}]),
  ["reader", { scan: false, partiql: true, https_only: true }],
  ["stream", { https_only: true }],
  ...names.map((some, at): [string, object] => [
    at % 2 === 0 ? "reader-writer" : "module",
    {
      attributes: some,
      leading_keys: [tenant, ...names[(at + 1) % names.length]!.map(asLeadingKey)],
      partiql: true,
      https_only: at % 3 === 0,
    },
  ]),
];

/** Of a project of their own, by which the policy is called. */
const tablesOf = (at: number) => [
  policyTable("orders", {
    project: `shop${at}`,
    ...customerKey,
    spec: { ...indexedSpec, ...customerKey.spec },
  }),
  policyTable("users", { project: `shop${at}`, region: "us-east-1" }),
];

const snippetOf = (as: string, [access, given]: [string, object], at: number): IamPolicySnippet =>
  iamPolicySnippet(policyOptions({ access, as, ...given }), tablesOf(at));

/** Every single permission, whatever order lists stand in. */
const permissions = ({ Statement }: PolicyDocument) =>
  Statement.map(({ Sid, Effect, Action, Resource, Condition = {} }) => ({
    Sid,
    Effect,
    Action: [Action].flat().toSorted(),
    Resource: [Resource].flat().toSorted(),
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([test, keys]) => [
        test,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, [value].flat().toSorted()])),
      ]),
    ),
  }));

describe.skipIf(providerMissing !== null)(
  withReason("a policy that Terraform's AWS provider makes of its data source", providerMissing),
  () => {
    let made: Record<string, { value: { json: string; minified_json: string } }> = {};
    let root: TerraformRoot | undefined;

    beforeAll(async () => {
      const files = chosen.flatMap((one, at) => snippetOf("terraform", one, at).files);
      const labels = files.map(({ content }) => /^data "aws_iam_policy_document" "(\w+)"/.exec(content)![1]!);
      root = new TerraformRoot({
        "provider.tf": sandboxProvider("http://127.0.0.1:9", "111111111111", "eu-west-1"),
        ...Object.fromEntries(files.map(({ filename, content }) => [filename, content])),
        "outputs.tf": labels
          .map((label) => `output "${label}" {\n  value = data.aws_iam_policy_document.${label}\n}\n`)
          .join(""),
      });
      await root.succeed(["init", "-input=false"]);
      await root.succeed(["apply", "-auto-approve", "-input=false"]);
      made = JSON.parse(await root.succeed(["output", "-json"]));
    }, 300_000);
    afterAll(() => root?.remove());

    test.each(chosen.map((one, at) => [one[0], JSON.stringify(one[1]), at] as const))(
      "says what the JSON form says, and is no longer than was told: %s %s",
      (_, __, at) => {
        const hcl = snippetOf("terraform", chosen[at]!, at);
        const json = snippetOf("json", chosen[at]!, at);
        expect(hcl.files).toHaveLength(json.files.length);
        for (const [place, { content, size }] of hcl.files.entries()) {
          const { value } = made[/" "(\w+)"/.exec(content)![1]!]!;
          const wanted = JSON.parse(json.files[place]!.content) as PolicyDocument;
          expect(permissions(JSON.parse(value.json))).toEqual(permissions(wanted));
          expect(value.minified_json.length).toBeLessThanOrEqual(size.characters);
          expect(value.json).toMatch(/^[\n\x20-\xff]*$/);
        }
      },
    );
  },
);
