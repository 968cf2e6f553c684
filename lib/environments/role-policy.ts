import type { ApiCall } from "#lib/infra/aws/failure.ts";
import type { Config, EnvironmentConfig } from "#lib/infra/config.ts";
import { partitionOf } from "#lib/snippets/partition.ts";
import { composeTableName } from "#lib/table-spec/naming.ts";

type Statement = {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string | string[];
  Condition?: Conditions;
};
type Conditions = Record<string, Record<string, string>>;
export type RolePolicy = { Version: "2012-10-17"; Statement: Statement[] };

type Purpose = "list" | "observe" | "create" | "change" | "delete";

/** Every DynamoDB call a worker makes, by what it is for: a call that is not listed here does not compile. */
const purposes: Record<Exclude<ApiCall, "GetCallerIdentity">, Purpose> = {
  ListTables: "list",
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

/** The actions that change something: whether they are allowed shows only by doing them. */
export const writeActions = [...actionsFor("create"), "dynamodb:TagResource", ...actionsFor("change")];

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

const ours = { "aws:ResourceTag/ManagedBy": "Tablewright" };

/**
 * CreateTable with tags needs TagResource too, and both only with our ManagedBy tag in the call. A table that is there
 * already and that somebody else manages by a tag of that name cannot be made ours.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.Operations.html
 */
const becomesOurs: Conditions = {
  StringEquals: { "aws:RequestTag/ManagedBy": "Tablewright" },
  StringEqualsIfExists: ours,
};

export type RolePolicyOptions = {
  /** Conditions on tags. Off where the account has DynamoDB's attribute-based access control off: they never match there. */
  abac: boolean;
  /** Whether the role may delete tables that carry our tag. */
  deletes: boolean;
};

/**
 * The IAM policy of the role that workers need in an environment's account: the control plane of the tables that
 * Tablewright may name there, changes only where our tag is, nothing that reads or writes items, and nothing that
 * deletes unless asked for. Looking is allowed without a tag: a worker must see that a name is somebody else's.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/abac-enable-ddb.html
 */
export function rolePolicy(
  config: Config,
  environment: EnvironmentConfig,
  { abac, deletes }: RolePolicyOptions = { abac: true, deletes: false },
): RolePolicy {
  const { account, region } = environment;
  const { partition, dnsSuffix } = partitionOf(region);
  const tables = tableNamePatterns(config, environment).map(
    (name) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`,
  );
  const allow = (sid: string, action: string[], condition?: Conditions): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: action,
    Resource: tables,
    ...(condition && abac && { Condition: condition }),
  });
  return {
    Version: "2012-10-17",
    Statement: [
      // ListTables knows no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
      { Sid: "CountTables", Effect: "Allow", Action: actionsFor("list"), Resource: "*" },
      allow("ObserveTables", actionsFor("observe")),
      allow("CreateTables", [...actionsFor("create"), "dynamodb:TagResource"], becomesOurs),
      allow("ChangeTables", actionsFor("change"), { StringEquals: ours }),
      ...(deletes ? [allow("DeleteTables", actionsFor("delete"), { StringEquals: ours })] : []),
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
    composeTableName(config.naming.pattern, { project, environment: environment.name, key: "*" }),
  );
  return [...new Set(names)].sort();
}

function actionsFor(purpose: Purpose): string[] {
  return Object.entries(purposes).flatMap(([call, given]) => (given === purpose ? [`dynamodb:${call}`] : []));
}
