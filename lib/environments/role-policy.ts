import type { ApiCall } from "#lib/infra/aws/failure.ts";
import type { Config, EnvironmentConfig } from "#lib/infra/config.ts";
import { partitionOf } from "#lib/snippets/partition.ts";

type Statement = {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
};
export type RolePolicy = { Version: "2012-10-17"; Statement: Statement[] };

/** Every DynamoDB call a worker makes, by what it is for: a call that is not listed here does not compile. */
const purposes: Record<Exclude<ApiCall, "GetCallerIdentity">, "observe" | "create" | "change" | "delete"> = {
  DescribeTable: "observe",
  DescribeTimeToLive: "observe",
  DescribeContinuousBackups: "observe",
  ListTagsOfResource: "observe",
  CreateTable: "create",
  UpdateTimeToLive: "change",
  UpdateContinuousBackups: "change",
  UpdateTable: "delete",
  DeleteTable: "delete",
};

/** What using a customer key through DynamoDB takes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const keyActions = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * The IAM policy of the role that workers need in an environment's account: the control plane of the tables that
 * Tablewright may name there, nothing that reads or writes items, nothing that deletes.
 * CreateTable with tags needs TagResource too, and both only with our ManagedBy tag in the call:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.Operations.html
 */
export function rolePolicy(config: Config, environment: EnvironmentConfig): RolePolicy {
  const { account, region } = environment;
  const { partition, dnsSuffix } = partitionOf(region);
  const tables = tableNamePatterns(config, environment).map(
    (name) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`,
  );
  const allow = (sid: string, action: string[], condition?: Record<string, string>): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: action,
    Resource: tables,
    ...(condition && { Condition: { StringEquals: condition } }),
  });
  return {
    Version: "2012-10-17",
    Statement: [
      allow("ObserveTables", actionsFor("observe")),
      allow("CreateTables", [...actionsFor("create"), "dynamodb:TagResource"], {
        "aws:RequestTag/ManagedBy": "Tablewright",
      }),
      allow("ChangeTables", actionsFor("change")),
      {
        Sid: "UseCustomerKeysThroughDynamoDB",
        Effect: "Allow",
        Action: keyActions,
        Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.${dnsSuffix}` } },
      },
    ],
  };
}

/** What every table's name looks like here, one pattern a project, with `*` for the key. */
function tableNamePatterns(config: Config, environment: EnvironmentConfig): string[] {
  const names = Object.keys(config.projects).map((project) =>
    config.naming.pattern
      .replaceAll("{project}", project)
      .replaceAll("{environment}", environment.name)
      .replaceAll("{key}", "*"),
  );
  return [...new Set(names)].sort();
}

function actionsFor(purpose: "observe" | "create" | "change"): string[] {
  return Object.entries(purposes).flatMap(([call, given]) => (given === purpose ? [`dynamodb:${call}`] : []));
}
