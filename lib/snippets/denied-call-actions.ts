/** What stands behind an action of DynamoDB, as far as the policy of one table goes. */
export type ActionGroup =
  | "data"
  | "portal-does"
  | "page-shows"
  | "platform-does"
  | "account-wide"
  | "not-carried";

/**
 * Every action of DynamoDB but those for items and streams.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const groups: Record<Exclude<ActionGroup, "data" | "not-carried">, readonly string[]> = {
  "portal-does": [
    "CreateTable",
    "UpdateTable",
    "DeleteTable",
    "UpdateTimeToLive",
    "UpdateContinuousBackups",
    "TagResource",
    "UntagResource",
  ],
  "page-shows": ["DescribeTimeToLive", "DescribeContinuousBackups", "ListTagsOfResource"],
  "platform-does": [
    ...["CreateBackup", "DeleteBackup", "DescribeBackup", "StartAwsBackupJob", "RestoreTableFromBackup"],
    ...["RestoreTableFromAwsBackup", "RestoreTableToPointInTime", "ExportTableToPointInTime"],
    ...["DescribeExport", "ImportTable", "DescribeImport"],
    ...["CreateGlobalTable", "UpdateGlobalTable", "DescribeGlobalTable", "UpdateGlobalTableSettings"],
    ...["DescribeGlobalTableSettings", "UpdateGlobalTableVersion", "CreateGlobalTableWitness"],
    ...["DeleteGlobalTableWitness", "CreateTableReplica", "DeleteTableReplica", "AssociateTableReplica"],
    ...["ReplicateSettings", "ReadDataForReplication", "WriteDataForReplication"],
    ...["DescribeTableReplicaAutoScaling", "UpdateTableReplicaAutoScaling"],
    ...["EnableKinesisStreamingDestination", "DisableKinesisStreamingDestination"],
    ...["UpdateKinesisStreamingDestination", "DescribeKinesisStreamingDestination"],
    ...["UpdateContributorInsights", "DescribeContributorInsights"],
    ...["GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy", "InjectError"],
  ],
  "account-wide": [
    ...["ListTables", "DescribeLimits", "DescribeEndpoints", "ListBackups", "ListExports", "ListImports"],
    ...["ListGlobalTables", "ListContributorInsights", "GetAbacStatus", "UpdateAbacStatus"],
    ...["DescribeReservedCapacity", "DescribeReservedCapacityOfferings", "PurchaseReservedCapacityOfferings"],
  ],
};

const dataActions = new Set([
  ...["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable", "SearchVectors"],
  ...["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
  ...["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
  ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"],
]);

const groupOf = new Map(
  Object.entries(groups).flatMap(([group, actions]) =>
    actions.map((action) => [action, group as ActionGroup]),
  ),
);

const known = new Set([...dataActions, ...groupOf.keys()]);

/** Transactions are authorized as what they do to an item; of a write only that it is one is known. */
const actionsOfTransactions = new Map([
  ["TransactGetItems", "GetItem"],
  ["TransactWriteItems", "PutItem"],
]);

/** What a call of the API is authorized as; null for a call of another service, and for PartiQL's, where the statement decides. */
export function actionOfOperation(operation: string): string | null {
  const name = actionsOfTransactions.get(operation) ?? operation;
  return known.has(name) ? `dynamodb:${name}` : null;
}

/** Which group an action such as `dynamodb:Query` is of; one that nobody knows is "not-carried". */
export function actionGroup(action: string): ActionGroup {
  const name = action.slice(action.indexOf(":") + 1);
  return dataActions.has(name) ? "data" : (groupOf.get(name) ?? "not-carried");
}
