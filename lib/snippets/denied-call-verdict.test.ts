import { describe, expect, test } from "vitest";
import { completeSpec } from "#lib/provisioning/plan.arbitrary.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { parseDeniedCall } from "./denied-call.ts";
import { deniedAnswer, notUnderstood } from "./denied-call-answer.ts";
import type { DeniedTable } from "./denied-call-grant.ts";
import { explainDeniedCall } from "./denied-call-verdict.ts";
import { iamAccesses } from "./iam-policy.ts";
import { policyParts } from "./iam-statements.ts";

const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders";
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const spec: Partial<TableSpec> = {
  global_secondary_indexes: {
    by_customer: {
      partition_key: "customer",
      sort_key: null,
      projection_type: "ALL",
      non_key_attributes: [],
      read_capacity: null,
      write_capacity: null,
    },
  },
};

function tableOf(fields: Partial<DeniedTable> = {}): DeniedTable {
  return {
    id: "018f0000-0000-7000-8000-000000000001",
    key: "orders",
    name: "shop-prod-orders",
    project: "shop",
    environment: "prod",
    account: "111111111111",
    region: "eu-west-1",
    endpoint: null,
    spec: completeSpec(spec),
    tags: {},
    arn,
    streamArn: `${arn}/stream/2024-01-06T05:01:31.321`,
    kmsKeyArn: null,
    unsupported: [],
    ...fields,
  };
}

const withKey = tableOf({
  spec: completeSpec({ ...spec, encryption: "customer_managed", kms_key_id: keyArn }),
  kmsKeyArn: keyArn,
});

const says = (
  action: string,
  resource = arn,
  why = `because no identity-based policy allows the ${action} action`,
) =>
  `User: arn:aws:sts::111111111111:assumed-role/app/i-123 is not authorized to perform: ${action} on resource: ${resource} ${why}`;

type Tables = { named?: DeniedTable | null; given?: DeniedTable | null };

function answerTo(message: string, { named = tableOf(), given = tableOf() }: Tables = {}) {
  const parsed = parseDeniedCall(message);
  if (!parsed.understood) return notUnderstood(parsed.problem);
  return deniedAnswer(parsed.call, explainDeniedCall(parsed.call, { named, given }));
}

/** By hand, from the table of accesses that the API's documentation gives: the least that allows each action. */
const least: Record<string, [access: string, statement: string, options?: "scan" | "partiql"]> = {
  GetItem: ["reader", "Table"],
  BatchGetItem: ["reader", "Table"],
  Query: ["reader", "Table"],
  Scan: ["reader", "Table", "scan"],
  ConditionCheckItem: ["reader", "Table"],
  DescribeTable: ["reader", "Table"],
  PartiQLSelect: ["reader", "Table", "partiql"],
  PutItem: ["writer", "Table"],
  UpdateItem: ["writer", "Table"],
  DeleteItem: ["writer", "Table"],
  BatchWriteItem: ["writer", "Table"],
  PartiQLInsert: ["writer", "Table", "partiql"],
  PartiQLUpdate: ["writer", "Table", "partiql"],
  PartiQLDelete: ["writer", "Table", "partiql"],
  DescribeStream: ["stream", "TableStream"],
  GetRecords: ["stream", "TableStream"],
  GetShardIterator: ["stream", "TableStream"],
  ListStreams: ["stream", "ListStreams"],
};
const onStream = ["DescribeStream", "GetRecords", "GetShardIterator"];

describe("the least policy that grants a call is named with its statement", () => {
  test.each(Object.entries(least))("%s", (action, [access, statement, option]) => {
    const resource = onStream.includes(action) ? `${arn}/stream/2024-01-06T05:01:31.321` : arn;
    expect(answerTo(says(`dynamodb:${action}`, resource))).toMatchObject({
      verdict: "granted",
      grant: { access, statement, scan: option === "scan", partiql: option === "partiql" },
      table: { name: "shop-prod-orders" },
    });
  });

  test.each(["Query", "Scan", "PartiQLSelect"])("%s on an index, by the statement for indexes", (action) => {
    const { verdict, grant } = answerTo(says(`dynamodb:${action}`, `${arn}/index/by_customer`));
    expect({ verdict, statement: grant?.statement }).toEqual({
      verdict: "granted",
      statement: "TableIndexes",
    });
  });

  test("in words: who, which policy, which statement", () => {
    const answer = answerTo(says("dynamodb:Query", `${arn}/index/by_customer`));
    expect(answer).toMatchObject({
      who: "role app of account 111111111111 (session i-123)",
      action: "dynamodb:Query",
      resource: `${arn}/index/by_customer`,
      summary:
        "The policy “Reader” without Scan of shop-prod-orders grants dynamodb:Query, in its statement TableIndexes. Attach it to the role app.",
    });
    expect(answer.notes.join(" ")).toMatch(/\/index\/\*.*If app has this policy already.*LeadingKeys/);
  });

  test.each(["*", arn.replace("shop-prod-orders", "*"), `${arn}/stream/*`])(
    "ListStreams is granted on every resource: %s",
    (resource) => {
      expect(answerTo(says("dynamodb:ListStreams", resource))).toMatchObject({
        verdict: "granted",
        grant: { access: "stream", statement: "ListStreams" },
      });
    },
  );

  test("a role of IAM Identity Center is changed by its permission set", () => {
    const message = says("dynamodb:GetItem").replace("/app/", "/AWSReservedSSO_Dev_0123/");
    expect(answerTo(message).summary).toContain("Attach it to the permission set of the role AWSReserved");
  });

  test("a federated user has no policy of its own", () => {
    const message = says("dynamodb:GetItem").replace("assumed-role/app/i-123", "federated-user/dana");
    expect(answerTo(message).summary).toContain("Attach it to the user that began the session of dana");
  });

  test("also while no worker has read the table's ARN or key, with the remark that the policy comes later", () => {
    const early = { ...withKey, arn: null, streamArn: null, kmsKeyArn: null };
    const answer = answerTo(says("dynamodb:GetItem"), { named: early });
    expect(answer).toMatchObject({ verdict: "granted", grant: { access: "reader" } });
    expect(answer.notes[0]).toContain("once the table is active");
  });

  test.each([
    ["arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Dev_0123/dana", "permission set"],
    ["arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForDAX/dax", "a role of your own"],
    ["arn:aws:iam::111111111111:root", "use a role"],
    ["anonymous", "use a role"],
  ])("what is special about %s is said", (who, words) => {
    const message = says("dynamodb:GetItem").replace("arn:aws:sts::111111111111:assumed-role/app/i-123", who);
    expect(answerTo(message).notes.join(" ")).toContain(words);
  });
});

describe("why no policy of the table can grant a call is told", () => {
  test.each([
    ["identity-based policy", "IAM"],
    ["resource-based policy", "the table (or key) itself"],
    ["permissions boundary", "IAM"],
    ["session policy", "assumes the role"],
    ["service control policy", "AWS Organizations"],
    ["resource control policy", "AWS Organizations"],
    ["VPC endpoint policy", "VPC endpoint"],
  ])("an explicit deny in a %s, and who can change it", (policy, keeper) => {
    const answer = answerTo(says("dynamodb:Query", arn, `with an explicit deny in a ${policy}`));
    expect(answer).toMatchObject({ verdict: "explicit-deny", grant: null });
    expect(answer.summary).toContain(policy);
    expect(answer.summary).toContain(keeper);
  });

  test("an explicit deny that may be one of our own: for HTTPS only, or for SELECT without Scan", () => {
    const { notes } = answerTo(
      says("dynamodb:Query", arn, "with an explicit deny in an identity-based policy"),
    );
    expect(notes.join(" ")).toMatch(/HTTPS only.*PartiQL/);
  });

  test("a quarantine of AWS is none of ours, and what to do first is said", () => {
    const policy = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
    const { notes } = answerTo(
      says("dynamodb:Query", arn, `with an explicit deny in an identity-based policy: ${policy}`),
    );
    expect(notes.join(" ")).toContain("Treat the key as stolen");
    expect(notes.join(" ")).not.toContain("A policy from here");
  });

  test.each([
    "permissions boundary",
    "session policy",
    "service control policy",
    "resource control policy",
    "VPC endpoint policy",
  ])("no %s allows it: it must, and the table's policy too", (policy) => {
    const answer = answerTo(says("dynamodb:PutItem", arn, `because no ${policy} allows the action`));
    expect(answer).toMatchObject({ verdict: "limited", grant: { access: "writer" } });
    expect(answer.summary).toContain(policy);
    expect(answer.notes.join(" ")).toContain("“Writer”");
  });

  test("a caller of another account", () => {
    const answer = answerTo(says("dynamodb:Query").replace("sts::111111111111", "sts::222222222222"));
    expect(answer.verdict).toBe("other-account");
    expect(answer.summary).toContain("222222222222");
  });

  test.each([
    ["aws_owned", "or have a policy put on the table itself."],
    ["aws_managed", "a policy on the table itself would not do"],
    ["customer_managed", "on the table itself and on its key"],
  ] as const)("a caller of another account, of a table under a key that is %s", (encryption, words) => {
    const kms_key_id = encryption === "customer_managed" ? keyArn : null;
    const named = tableOf({ spec: completeSpec({ ...spec, encryption, kms_key_id }), kmsKeyArn: kms_key_id });
    const message = says("dynamodb:Query").replace("sts::111111111111", "sts::222222222222");
    expect(answerTo(message, { named }).summary).toContain(words);
  });

  test("a caller of another account that its organization stops as well", () => {
    const message = says("dynamodb:Query", arn, "because no service control policy allows the action");
    const { verdict, notes } = answerTo(message.replace("sts::111111111111", "sts::222222222222"));
    expect(verdict).toBe("other-account");
    expect(notes.join(" ")).toContain("AWS Organizations");
  });

  test("no resource-based policy allows a caller whose account is hidden", () => {
    const message = says("dynamodb:Query", arn, "because no resource-based policy allows the action");
    expect(answerTo(message.replace("111111111111", "***")).verdict).toBe("other-account");
    expect(answerTo(message).verdict).toBe("granted");
  });

  test("a table that is not here, or not to be seen", () => {
    const other = arn.replace("orders", "else");
    const answer = answerTo(says("dynamodb:Query", other), { named: null });
    expect(answer).toMatchObject({ verdict: "unknown-table", table: null });
    expect(answer.summary).toContain("shop-prod-else in account 111111111111 in eu-west-1");
  });

  test.each([arn.replace("eu-west-1", "us-east-1"), arn.replace("111111111111", "222222222222")])(
    "a table of this name somewhere else: %s",
    (resource) => {
      const answer = answerTo(says("dynamodb:Query", resource), { named: null });
      expect(answer).toMatchObject({ verdict: "elsewhere", table: { name: "shop-prod-orders" } });
    },
  );

  test("an index that is not there", () => {
    expect(answerTo(says("dynamodb:Query", `${arn}/index/by_date`))).toMatchObject({ verdict: "no-index" });
    expect(answerTo(says("dynamodb:Query", `${arn}/index/constructor`))).toMatchObject({
      verdict: "no-index",
    });
  });

  test("no stream", () => {
    const message = says("dynamodb:GetRecords", `${arn}/stream/2024-01-06T05:01:31.321`);
    expect(answerTo(message, { named: tableOf({ streamArn: null }) }).verdict).toBe("no-stream");
  });

  test.each([
    ["dynamodb:CreateTable", arn, "portal-does"],
    ["dynamodb:UpdateTimeToLive", arn, "portal-does"],
    ["dynamodb:TagResource", arn, "portal-does"],
    ["dynamodb:DescribeTimeToLive", arn, "page-shows"],
    ["dynamodb:CreateBackup", arn, "platform-does"],
    ["dynamodb:ExportTableToPointInTime", arn, "platform-does"],
    ["dynamodb:ListTables", "*", "account-wide"],
    ["dynamodb:DescribeLimits", "*", "account-wide"],
    ["dynamodb:SearchVectors", arn, "not-carried"],
    ["dynamodb:PutItem", `${arn}/index/by_customer`, "not-carried"],
    ["dynamodb:NoSuchAction", arn, "not-carried"],
    ["dynamodb:GetItem", arn.replace("shop-prod-orders", "*"), "every-table"],
    ["s3:GetObject", "arn:aws:s3:::bucket/key", "other-service"],
    ["dax:GetItem", "arn:aws:dax:eu-west-1:111111111111:cache/c", "other-service"],
  ])("%s on %s: %s", (action, resource, verdict) => {
    expect(answerTo(says(action, resource))).toMatchObject({ verdict, grant: null });
  });

  test("making a table, which the portal's own role may lack", () => {
    expect(answerTo(says("dynamodb:CreateTable")).notes.join()).toContain("role-policy");
  });

  test("a message that names no table, where none is given", () => {
    expect(answerTo(says("dynamodb:Query", "*"), { given: null }).verdict).toBe("which-table");
  });
});

describe("a key's denial", () => {
  const decrypt = says("kms:Decrypt", keyArn);
  const putItem =
    "An error occurred (AccessDeniedException) when calling the PutItem operation: KMS key access denied error: x";

  test("is met by every policy of a table with that customer key, through DynamoDB", () => {
    const answer = answerTo(decrypt, { given: withKey });
    expect(answer).toMatchObject({ verdict: "granted", grant: { statement: "TableKey" } });
    expect(answer.summary).toContain("Every policy");
    expect(answer.notes.join(" ")).toMatch(/kms:ViaService.*key's own policy/);
  });

  test("is met by the policy for the operation, where that is told", () => {
    expect(answerTo(putItem, { given: withKey })).toMatchObject({
      verdict: "granted",
      grant: { access: "writer", statement: "TableKey" },
    });
  });

  test.each([
    ["TransactWriteItems", "The policy “Writer”"],
    ["ExecuteStatement", "Every policy"],
    ["CreateTable", "Every policy"],
  ])("of %s names no policy that would not do for that call", (operation, words) => {
    expect(answerTo(putItem.replace("PutItem", operation), { given: withKey }).summary).toContain(words);
  });

  test("that says that the key is switched off is met by no policy", () => {
    const message = `${putItem} com.amazonaws.services.kms.model.DisabledException: ${keyArn} is disabled.`;
    expect(answerTo(message, { given: withKey })).toMatchObject({ verdict: "unusable-key", grant: null });
  });

  test.each([
    [
      "the key's own policy",
      says("kms:Decrypt", keyArn, "because no resource-based policy allows the kms:Decrypt action"),
      withKey,
      "limited",
    ],
    ["another key", says("kms:Decrypt", keyArn.replace("1234abcd", "9999abcd")), withKey, "other-key"],
    ["a table without a customer key", decrypt, tableOf(), "managed-key"],
    ["no table", decrypt, null, "which-table"],
    ["an action that is not for data", says("kms:ScheduleKeyDeletion", keyArn), withKey, "not-carried"],
    [
      "a Deny",
      says("kms:Decrypt", keyArn, "with an explicit deny in a service control policy"),
      withKey,
      "explicit-deny",
    ],
    [
      "a boundary",
      says("kms:Decrypt", keyArn, "because no permissions boundary allows it"),
      withKey,
      "limited",
    ],
  ])("of %s", (_, message, given, verdict) => {
    expect(answerTo(message, { named: null, given }).verdict).toBe(verdict);
  });
});

test("the actions above are all that policies carry", () => {
  const carried = iamAccesses.flatMap((access) => {
    const extra = { leading_keys: [], attributes: [], https_only: false };
    const options = { access, as: "json" as const, scan: true, partiql: true, ...extra };
    return policyParts(options, [tableOf()]).flatMap(({ actions }) => actions);
  });
  const names = [...new Set(carried)].map((action) => action.replace("dynamodb:", ""));
  expect(names.toSorted()).toEqual(Object.keys(least).toSorted());
});

test("what is not understood says what to paste", () => {
  expect(answerTo("Hello").summary).toContain("is not authorized to perform");
});
