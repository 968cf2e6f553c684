import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { hclLabel, hclString } from "./hcl-string.ts";
import { type IamAccess, iamAccesses, iamPolicy, type PolicyTable } from "./iam-policy.ts";
import { iamPolicySnippet, parseIamPolicyOptions } from "./iam-policy-snippet.ts";

const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function table(fields: Partial<PolicyTable> = {}): PolicyTable {
  return {
    name: "shop-prod-orders",
    arn,
    region: "eu-west-1",
    hasIndexes: false,
    streamArn: null,
    encryption: "aws_managed",
    kmsKeyArn: null,
    ...fields,
  };
}

const customerKey = { encryption: "customer_managed", kmsKeyArn: keyArn } as const;

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
    expect(iamPolicy({ access, scan: true, table: table() })).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Table", Effect: "Allow", Action: actions, Resource: arn }],
    });
  });

  test.each(rows)(
    "for %s on a table with indexes allows Query and Scan on them, in a statement of its own",
    (access, actions) => {
      const statements = iamPolicy({ access, scan: true, table: table({ hasIndexes: true }) }).Statement;
      const onIndexes = actions.filter((action) => /:(Query|Scan)$/.test(action));
      expect(statements.slice(1).map(({ Action, Resource }) => ({ Action, Resource }))).toEqual(
        onIndexes.length === 0 ? [] : [{ Action: onIndexes, Resource: `${arn}/index/*` }],
      );
    },
  );

  test("for stream reads every stream the table will have, and lists streams where no resource is known", () => {
    const statements = iamPolicy({
      access: "stream",
      scan: true,
      table: table({ hasIndexes: true }),
    }).Statement;
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
      iamPolicy({ access, scan, table: table({ hasIndexes: true }) }).Statement.map(({ Action }) => Action);
    expect(actions(false)).toEqual(actions(true).map((list) => list.filter((a) => a !== "dynamodb:Scan")));
  });

  test.each(iamAccesses)(
    "for %s adds the customer key, through DynamoDB in the table's region alone",
    (access) => {
      expect(iamPolicy({ access, scan: true, table: table(customerKey) }).Statement.at(-1)).toEqual({
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
  ])("in %s goes through that partition's DynamoDB", (region, service) => {
    const statement = iamPolicy({
      access: "reader",
      scan: true,
      table: table({ ...customerKey, region }),
    }).Statement.at(-1);
    expect(statement?.Condition?.StringEquals["kms:ViaService"]).toBe(service);
  });

  test.each([null, "alias/orders", "arn:aws:kms:eu-west-1:111111111111:alias/orders"])(
    "waits for the customer key's ARN (seen so far: %s)",
    (kmsKeyArn) => {
      const make = () =>
        iamPolicy({
          access: "reader",
          scan: true,
          table: table({ encryption: "customer_managed", kmsKeyArn }),
        });
      expect(make).toThrow(expect.objectContaining({ code: "CONFLICT" }));
    },
  );

  test("names no wildcard in an action, and `*` as a resource only for what knows none", () => {
    for (const access of iamAccesses) {
      const policy = iamPolicy({ access, scan: true, table: table({ ...customerKey, hasIndexes: true }) });
      for (const { Action, Resource } of policy.Statement) {
        expect(Action.join()).not.toContain("*");
        if (Resource === "*") expect(Action).toEqual(["dynamodb:ListStreams"]);
      }
    }
  });
});

describe("an IAM policy as a file", () => {
  const options = { access: "reader", as: "json", scan: true } as const;

  test("is JSON that parses to the policy, with its size without white space", () => {
    const snippet = iamPolicySnippet(options, table());
    expect(JSON.parse(snippet.content)).toEqual(iamPolicy({ access: "reader", scan: true, table: table() }));
    expect(snippet).toMatchObject({
      format: "iam-policy",
      filename: "shop-prod-orders-reader.json",
      warnings: [],
    });
    expect(snippet.size).toEqual({
      characters: JSON.stringify(JSON.parse(snippet.content)).length,
      limit: 6144,
    });
  });

  test("fits a managed policy even for the longest name, everything on", () => {
    const long = `arn:aws-us-gov:dynamodb:us-gov-west-1:111111111111:table/${"x".repeat(255)}`;
    for (const access of iamAccesses) {
      const snippet = iamPolicySnippet(
        { ...options, access },
        table({ arn: long, hasIndexes: true, ...customerKey }),
      );
      expect(snippet.size.characters).toBeLessThan(snippet.size.limit);
    }
  });

  test.each([
    ["reader", true, "Lets a role read items of shop-prod-orders, also by reading all of it (Scan)."],
    ["reader", false, "Lets a role read items of shop-prod-orders, but not by reading all of it (Scan)."],
    ["writer", true, "Lets a role put, change and delete items of shop-prod-orders, but not read them."],
    ["stream", true, "Lets a role read the stream of changes of shop-prod-orders."],
  ] as const)("says in a sentence what %s (scan %s) lets a role do", (access, scan, sentence) => {
    expect(iamPolicySnippet({ access, as: "json", scan }, table()).summary).toBe(sentence);
  });

  test("warns where there is no stream to read yet", () => {
    const streamArn = `${arn}/stream/2026-01-02T03:04:05.000`;
    expect(iamPolicySnippet({ ...options, access: "stream" }, table()).warnings).toHaveLength(1);
    expect(iamPolicySnippet({ ...options, access: "stream" }, table({ streamArn })).warnings).toEqual([]);
  });

  test("reads its options from text, with defaults", () => {
    expect(parseIamPolicyOptions({})).toEqual({ access: "reader", as: "json", scan: true });
    expect(parseIamPolicyOptions({ access: "module", as: "terraform", scan: "false" })).toEqual({
      access: "module",
      as: "terraform",
      scan: false,
    });
  });

  test.each([
    [{ as: "cloudformation" }, "/as", "not built"],
    [{ as: "yaml" }, "/as", "json or terraform"],
    [{ access: "admin" }, "/access", "reader, writer"],
    [{ scan: "no" }, "/scan", "true or false"],
    [{ acces: "reader" }, "/acces", "no option"],
  ])("refuses %j and says where", (given, path, words) => {
    const refusal = (() => {
      try {
        parseIamPolicyOptions(given);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({
      code: "INVALID",
      errors: [{ path, message: expect.stringContaining(words) }],
    });
  });
});

const terraform = spawnSync("terraform", ["version"]).status === 0;

describe("an IAM policy as Terraform", () => {
  const content = (access: IamAccess) =>
    iamPolicySnippet({ access, as: "terraform", scan: true }, table({ hasIndexes: true, ...customerKey }))
      .content;

  test.skipIf(!terraform).each(iamAccesses)("for %s is left as it is by terraform fmt", (access) => {
    const fmt = spawnSync("terraform", ["fmt", "-"], { input: content(access), encoding: "utf8" });
    expect(fmt.status, fmt.stderr).toBe(0);
    expect(fmt.stdout).toBe(content(access));
  });

  test("is a data source in the module's style", () => {
    expect(iamPolicySnippet({ access: "stream", as: "terraform", scan: true }, table()).content).toBe(
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

  test.each([
    ['say "hi"', '"say \\"hi\\""'],
    ["a\\b\n\r\t", '"a\\\\b\\n\\r\\t"'],
    ["\u0001", '"\\u0001"'],
    [`\${var.x} %{if}`, `"$\${var.x} %%{if}"`],
    [`$\${x}`, `"$$\${x}"`],
    ["50% $5", '"50% $5"'],
  ])("writes %j so that it means just that", (text, hcl) => {
    expect(hclString(text)).toBe(hcl);
  });

  test("labels any table name legally", () => {
    expect(hclLabel("1.shop-dev")).toBe("table_1_shop_dev");
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9_.-]{3,255}$/), (name) => {
        expect(hclLabel(name)).toMatch(/^[a-zA-Z][a-zA-Z0-9_]*$/);
      }),
    );
  });
});
