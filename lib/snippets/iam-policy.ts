import { AppError } from "#lib/core/errors.ts";
import { partitionOf } from "./partition.ts";

export const iamAccesses = ["reader", "writer", "reader-writer", "module", "stream"] as const;
export type IamAccess = (typeof iamAccesses)[number];

/** What a policy is written for; every ARN as observed, never composed from an account and a name. */
export type PolicyTable = {
  name: string;
  arn: string;
  region: string;
  hasIndexes: boolean;
  /** Null while no stream is enabled. */
  streamArn: string | null;
  encryption: "aws_managed" | "aws_owned" | "customer_managed";
  /** Null until DynamoDB has shown it. */
  kmsKeyArn: string | null;
};

export type PolicyStatement = {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string;
  Condition?: { StringEquals: Record<string, string> };
};
export type PolicyDocument = { Version: "2012-10-17"; Statement: PolicyStatement[] };

const read = ["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable"];
const write = [
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
  "DescribeTable",
];

const itemActions: Record<Exclude<IamAccess, "stream">, string[]> = {
  reader: read,
  writer: write,
  "reader-writer": [...new Set([...read, ...write])],
  module: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"],
};

const streamActions = ["DescribeStream", "GetRecords", "GetShardIterator"];

/** What DynamoDB does with a customer's key for the caller; spelled out, because a wildcard would grow with KMS. */
const keyActions = [
  "Decrypt",
  "Encrypt",
  "ReEncryptFrom",
  "ReEncryptTo",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "DescribeKey",
  "CreateGrant",
];

/** Query and Scan are the only item actions that take an index's ARN (Service Authorization Reference). */
const indexActions = new Set(["Query", "Scan"]);

const allow = (Sid: string, service: string, actions: string[], Resource: string): PolicyStatement => ({
  Sid,
  Effect: "Allow",
  Action: actions.map((action) => `${service}:${action}`),
  Resource,
});

/**
 * The identity policy that lets a role use one table and nothing else. `scan: false` leaves Scan out.
 * Throws CONFLICT while a customer key's ARN is not known yet.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function iamPolicy(input: { access: IamAccess; scan: boolean; table: PolicyTable }): PolicyDocument {
  const { access, scan, table } = input;
  const statements = access === "stream" ? streamStatements(table) : itemStatements(access, scan, table);
  return { Version: "2012-10-17", Statement: [...statements, ...keyStatements(table)] };
}

function itemStatements(
  access: Exclude<IamAccess, "stream">,
  scan: boolean,
  table: PolicyTable,
): PolicyStatement[] {
  const actions = itemActions[access].filter((action) => scan || action !== "Scan");
  const onIndexes = actions.filter((action) => indexActions.has(action));
  return [
    allow("Table", "dynamodb", actions, table.arn),
    ...(table.hasIndexes && onIndexes.length > 0
      ? [allow("TableIndexes", "dynamodb", onIndexes, `${table.arn}/index/*`)]
      : []),
  ];
}

/** `stream/*`, because a stream that is switched off and on again has another ARN; ListStreams knows no resource. */
function streamStatements(table: PolicyTable): PolicyStatement[] {
  return [
    allow("TableStream", "dynamodb", streamActions, `${table.arn}/stream/*`),
    allow("ListStreams", "dynamodb", ["ListStreams"], "*"),
  ];
}

function keyStatements({ name, region, encryption, kmsKeyArn }: PolicyTable): PolicyStatement[] {
  if (encryption !== "customer_managed") return [];
  if (kmsKeyArn === null || !/^arn:[^:]+:kms:[^:]+:[^:]+:key\/.+$/.test(kmsKeyArn)) {
    throw new AppError(
      "CONFLICT",
      `${name} is encrypted with a customer key whose ARN is not known yet, and a policy must name it. Come back when the table is active and has been looked at.`,
    );
  }
  const viaService = `dynamodb.${region}.${partitionOf(region).dnsSuffix}`;
  const statement = allow("TableKey", "kms", keyActions, kmsKeyArn);
  return [{ ...statement, Condition: { StringEquals: { "kms:ViaService": viaService } } }];
}

/** Whether an access comes with Scan, unless it is left out. */
export function includesScan(access: IamAccess): boolean {
  return access !== "stream" && itemActions[access].includes("Scan");
}
