import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { type IamAccess, iamAccesses, type PolicyDocument } from "./iam-policy.ts";
import { iamPolicySnippet } from "./iam-policy-snippet.ts";
import { customerKey, keyArn, policyOptions, policyTable } from "./iam-tables.fixture.ts";
import type { SnippetTable } from "./snippet.ts";

const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders";
const indexes = { sort_key: "line", local_secondary_indexes: { by_date: { sort_key: "date" } } };
const indexed = () => policyTable("orders", { spec: indexes });
const withKey = () => policyTable("orders", customerKey);
const withBoth = () => policyTable("orders", { ...customerKey, spec: { ...customerKey.spec, ...indexes } });

/** The document of the one policy for these tables. */
function documentOf(given: object, ...tables: SnippetTable[]): PolicyDocument {
  const { files } = iamPolicySnippet(policyOptions(given), tables);
  expect(files).toHaveLength(1);
  return JSON.parse(files[0]!.content);
}

const fileOf = (given: object, ...tables: SnippetTable[]) =>
  iamPolicySnippet(policyOptions(given), tables).files[0]!;

/** The contract's matrix, written out by hand. */
const matrix: Record<Exclude<IamAccess, "stream">, string[]> = {
  reader: [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
  ],
  writer: [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
  ],
  "reader-writer": [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
  ],
  module: [
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:Query",
    "dynamodb:Scan",
  ],
};

const rows = Object.entries(matrix) as [Exclude<IamAccess, "stream">, string[]][];

describe("an IAM policy", () => {
  test.each(rows)("for %s allows exactly the actions promised, on the table", (access, actions) => {
    expect(documentOf({ access }, policyTable())).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Table", Effect: "Allow", Action: actions, Resource: arn }],
    });
  });

  test.each(rows)(
    "for %s on a table with indexes allows Query and Scan on them, in a statement of its own",
    (access, actions) => {
      const statements = documentOf({ access }, indexed()).Statement;
      const onIndexes = actions.filter((action) => /:(Query|Scan)$/.test(action));
      expect(statements.slice(1).map(({ Action, Resource }) => ({ Action, Resource }))).toEqual(
        onIndexes.length === 0 ? [] : [{ Action: onIndexes, Resource: `${arn}/index/*` }],
      );
    },
  );

  test("for stream reads every stream the table will have, and lists streams where no resource is known", () => {
    const statements = documentOf({ access: "stream" }, indexed()).Statement;
    expect(statements.map(({ Action, Resource }) => ({ Action, Resource }))).toEqual([
      {
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        Resource: `${arn}/stream/*`,
      },
      { Action: ["dynamodb:ListStreams"], Resource: "*" },
    ]);
  });

  test.each(iamAccesses)("for %s without Scan has no Scan anywhere and nothing else less", (access) => {
    const actions = (scan: boolean) =>
      documentOf({ access, scan }, indexed()).Statement.map(({ Action }) => Action);
    expect(actions(false)).toEqual(actions(true).map((list) => list.filter((a) => a !== "dynamodb:Scan")));
  });

  test.each(iamAccesses)(
    "for %s adds the customer key, through DynamoDB in the table's region alone",
    (access) => {
      expect(documentOf({ access }, withKey()).Statement.at(-1)).toEqual({
        Sid: "TableKey",
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:DescribeKey",
          "kms:CreateGrant",
        ],
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } },
      });
    },
  );

  test.each([
    ["cn-north-1", "dynamodb.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "dynamodb.us-gov-west-1.amazonaws.com"],
    ["us-east-1", "dynamodb.us-east-1.amazonaws.com"],
    ["eusc-de-east-1", "dynamodb.eusc-de-east-1.amazonaws.eu"],
    ["us-iso-east-1", "dynamodb.us-iso-east-1.c2s.ic.gov"],
    ["us-isob-east-1", "dynamodb.us-isob-east-1.sc2s.sgov.gov"],
    ["eu-isoe-west-1", "dynamodb.eu-isoe-west-1.cloud.adc-e.uk"],
    ["us-isof-south-1", "dynamodb.us-isof-south-1.csp.hci.ic.gov"],
  ])("in %s goes through that partition's DynamoDB", (region, service) => {
    const statement = documentOf({}, policyTable("orders", { ...customerKey, region })).Statement.at(-1);
    expect(statement?.Condition?.StringEquals).toEqual({ "kms:ViaService": service });
  });

  test.each([null, "alias/orders", "arn:aws:kms:eu-west-1:111111111111:alias/orders"])(
    "waits for the customer key's ARN (seen so far: %s)",
    (kmsKeyArn) => {
      const make = () => documentOf({}, policyTable("orders", { ...customerKey, kmsKeyArn }));
      expect(make).toThrow(expect.objectContaining({ code: "CONFLICT" }));
    },
  );

  test("waits for the table's ARN, and names the table", () => {
    expect(() => documentOf({}, policyTable(), policyTable("users", { arn: null }))).toThrow(
      expect.objectContaining({ code: "CONFLICT", message: expect.stringContaining("shop-prod-users") }),
    );
  });

  test("needs a table", () => {
    expect(() => documentOf({})).toThrow(expect.objectContaining({ code: "INVALID" }));
  });

  const everything = { partiql: true, https_only: true };
  test.each([{}, everything, { ...everything, leading_keys: ["a"], attributes: ["b"] }])(
    "with %j names no wildcard in an action, `*` as a resource only for what knows none, and each Sid once",
    (given) => {
      for (const access of iamAccesses) {
        const options = access === "stream" ? { https_only: true } : given;
        const { Statement } = documentOf({ ...options, access }, withBoth(), policyTable("users"));
        for (const { Action, Resource } of Statement) {
          expect(Action.join()).not.toMatch(/[*?]/);
          if (Resource === "*") expect(Action).toEqual(["dynamodb:ListStreams"]);
          else expect([Resource].flat()).not.toContain("*");
        }
        const sids = Statement.map(({ Sid }) => Sid);
        expect(new Set(sids).size).toBe(sids.length);
        expect(sids.join("")).toMatch(/^[A-Za-z0-9]+$/);
      }
    },
  );
});

describe("an IAM policy as a file", () => {
  test("is JSON, with its size without white space", () => {
    const snippet = iamPolicySnippet(policyOptions(), [policyTable()]);
    expect(snippet).toMatchObject({ format: "iam-policy", warnings: [] });
    const { filename, content, size } = snippet.files[0]!;
    expect(filename).toBe("shop-prod-orders-reader.json");
    const characters = JSON.stringify(JSON.parse(content)).length;
    expect(snippet.size).toEqual({ characters, limit: 6144 });
    expect(size).toEqual({
      characters,
      quotas: [
        { id: "managed", limit: 6144, fits: true },
        { id: "inline_role", limit: 10240, fits: true },
        { id: "inline_group", limit: 5120, fits: true },
        { id: "inline_user", limit: 2048, fits: true },
      ],
    });
  });

  test("fits a managed policy even for the longest name, everything on", () => {
    const name = "x".repeat(255);
    const long = `arn:aws-us-gov:dynamodb:us-gov-west-1:111111111111:table/${name}`;
    for (const access of iamAccesses) {
      const table = { ...withBoth(), name, arn: long };
      const { size } = iamPolicySnippet(policyOptions({ access }), [table]);
      expect(size.characters).toBeLessThan(size.limit);
    }
  });

  test.each([
    ["reader", true, "Lets a role read items of shop-prod-orders, also by reading all of it (Scan)."],
    ["reader", false, "Lets a role read items of shop-prod-orders, but not by reading all of it (Scan)."],
    [
      "writer",
      true,
      "Lets a role put, change and delete items of shop-prod-orders, but not read them, save what a change answers of its own item (ReturnValues).",
    ],
    ["stream", true, "Lets a role read the stream of changes of shop-prod-orders."],
  ] as const)("says in a sentence what %s (scan %s) lets a role do", (access, scan, sentence) => {
    expect(iamPolicySnippet(policyOptions({ access, scan }), [policyTable()]).summary).toBe(sentence);
  });

  test("warns where there is no stream to read yet", () => {
    const warnings = (table: SnippetTable) =>
      iamPolicySnippet(policyOptions({ access: "stream" }), [table]).warnings;
    expect(warnings(policyTable())).toHaveLength(1);
    const streamArn = `${arn}/stream/2026-01-02T03:04:05.000`;
    expect(warnings(policyTable("orders", { streamArn }))).toEqual([]);
  });

  test.each([
    ["json", "shop-prod-orders-module.json"],
    ["terraform", "shop-prod-orders-module.tf"],
    ["cloudformation", "shop-prod-orders-module.yaml"],
  ])("as %s is called %s", (as, filename) => {
    expect(fileOf({ access: "module", as }, policyTable()).filename).toBe(filename);
  });

  test("is not called as another table's for another access", () => {
    const one = fileOf({ access: "reader-writer", as: "terraform" }, policyTable("a"));
    const other = fileOf({ access: "writer", as: "terraform" }, policyTable("a-reader"));
    expect(one.filename).not.toBe(other.filename);
    expect(one.content.split("\n")[0]).not.toBe(other.content.split("\n")[0]);
  });
});

const terraform = spawnSync("terraform", ["version"]).status === 0;

const fmt = (content: string) => spawnSync("terraform", ["fmt", "-"], { input: content, encoding: "utf8" });

describe("an IAM policy as Terraform", () => {
  test.skipIf(!terraform).each(iamAccesses)("for %s is left as it is by terraform fmt", (access) => {
    const { content } = fileOf({ access, as: "terraform" }, withBoth());
    expect(fmt(content)).toMatchObject({ status: 0, stdout: content });
  });

  test.skipIf(!terraform)(
    "with conditions of one and of many values is left as it is by terraform fmt",
    () => {
      const given = { leading_keys: ["a", "b"], attributes: ["c"], partiql: true, https_only: true };
      const { content } = fileOf({ ...given, as: "terraform" }, withBoth(), policyTable("users"));
      expect(fmt(content)).toMatchObject({ status: 0, stdout: content });
    },
  );

  test("is a data source in the module's style", () => {
    expect(fileOf({ access: "stream", as: "terraform" }, policyTable()).content).toBe(
      `data "aws_iam_policy_document" "shop_prod_orders_stream" {
  statement {
    sid    = "TableStream"
    effect = "Allow"
    actions = [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator"
    ]
    resources = [
      "${arn}/stream/*"
    ]
  }

  statement {
    sid    = "ListStreams"
    effect = "Allow"
    actions = [
      "dynamodb:ListStreams"
    ]
    resources = [
      "*"
    ]
  }
}
`,
    );
  });
});
