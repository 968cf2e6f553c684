import type {
  ContinuousBackupsDescription,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  LocalSecondaryIndexDescription,
  TableDescription,
  TimeToLiveDescription,
} from "@aws-sdk/client-dynamodb";
import type { ObservedTable } from "#lib/provisioning/observed.ts";

/** Null for a date that is missing or, from an emulator, none. */
function iso(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function keyNames(schema: KeySchemaElement[] | undefined): ObservedTable["keys"] {
  const partitionKey = schema?.find((key) => key.KeyType === "HASH")?.AttributeName;
  if (partitionKey === undefined) return null;
  return { partitionKey, sortKey: schema?.find((key) => key.KeyType === "RANGE")?.AttributeName ?? null };
}

function projection(index: LocalSecondaryIndexDescription | GlobalSecondaryIndexDescription) {
  return {
    name: index.IndexName ?? "",
    projectionType: index.Projection?.ProjectionType ?? "ALL",
    nonKeyAttributes: index.Projection?.NonKeyAttributes ?? [],
  };
}

/** DynamoDB shows 0 for on-demand; some emulators go on showing what was before. */
function capacity(
  table: TableDescription,
  throughput: { ReadCapacityUnits?: number; WriteCapacityUnits?: number } | undefined,
): { readCapacity: number | null; writeCapacity: number | null } {
  const provisioned = billingMode(table) === "PROVISIONED";
  return {
    readCapacity: (provisioned && throughput?.ReadCapacityUnits) || null,
    writeCapacity: (provisioned && throughput?.WriteCapacityUnits) || null,
  };
}

/**
 * A table that was created provisioned has no BillingModeSummary. Some emulators never have one, but then show no
 * capacity for an on-demand table; a provisioned one has at least 1.
 */
function billingMode(table: TableDescription): ObservedTable["billingMode"] {
  const said = table.BillingModeSummary?.BillingMode;
  if (said !== undefined) return said === "PAY_PER_REQUEST" ? "PAY_PER_REQUEST" : "PROVISIONED";
  return table.ProvisionedThroughput?.ReadCapacityUnits ? "PROVISIONED" : "PAY_PER_REQUEST";
}

function globalIndexes(table: TableDescription): ObservedTable["globalSecondaryIndexes"] {
  return (table.GlobalSecondaryIndexes ?? []).map((index) => {
    const keys = keyNames(index.KeySchema);
    return {
      ...projection(index),
      status: index.IndexStatus ?? "ACTIVE",
      partitionKey: keys?.partitionKey ?? "",
      sortKey: keys?.sortKey ?? null,
      ...capacity(table, index.ProvisionedThroughput),
    };
  });
}

/** The stream's ARN stays in the answer after the stream is switched off; then it is nobody's to use. */
function stream(table: TableDescription): ObservedTable["stream"] {
  const specification = table.StreamSpecification;
  if (specification?.StreamEnabled !== true)
    return { enabled: false, viewType: null, arn: null, label: null };
  return {
    enabled: true,
    viewType: specification.StreamViewType ?? null,
    arn: table.LatestStreamArn ?? null,
    label: table.LatestStreamLabel ?? null,
  };
}

/** No description: the AWS owned key. */
function encryption(table: TableDescription): ObservedTable["encryption"] {
  const sse = table.SSEDescription;
  if (sse === undefined || sse.Status === undefined || sse.Status === "DISABLED") {
    return { type: "aws_owned", status: null, kmsKeyArn: null };
  }
  return { type: "kms", status: sse.Status, kmsKeyArn: keyArn(sse.KMSMasterKeyArn) };
}

/** Some emulators answer the id or alias that was asked for; only the ARN of a key names it for good. */
function keyArn(answered: string | undefined): string | null {
  return answered !== undefined && /^arn:[^:]+:kms:[^:]*:[^:]*:key\/./.test(answered) ? answered : null;
}

const maximum = (units: number | undefined): number | null =>
  units !== undefined && units > 0 ? units : null;

/**
 * What DescribeTable answers, in our words; TTL, backups and tags are other calls' and null here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */
export function observedTable(table: TableDescription): ObservedTable {
  return {
    exists: true,
    tableStatus: table.TableStatus ?? "ACTIVE",
    tableId: table.TableId ?? null,
    createdAt: iso(table.CreationDateTime),
    arn: table.TableArn ?? null,
    keys: keyNames(table.KeySchema),
    attributes: (table.AttributeDefinitions ?? []).flatMap(({ AttributeName: name, AttributeType: type }) =>
      name !== undefined && type !== undefined ? [{ name, type }] : [],
    ),
    billingMode: billingMode(table),
    ...capacity(table, table.ProvisionedThroughput),
    maxReadRequestUnits: maximum(table.OnDemandThroughput?.MaxReadRequestUnits),
    maxWriteRequestUnits: maximum(table.OnDemandThroughput?.MaxWriteRequestUnits),
    globalSecondaryIndexes: globalIndexes(table),
    localSecondaryIndexes: (table.LocalSecondaryIndexes ?? []).map((index) => ({
      ...projection(index),
      sortKey: keyNames(index.KeySchema)?.sortKey ?? "",
    })),
    stream: stream(table),
    encryption: encryption(table),
    tableClass:
      table.TableClassSummary?.TableClass === "STANDARD_INFREQUENT_ACCESS"
        ? "STANDARD_INFREQUENT_ACCESS"
        : "STANDARD",
    deletionProtection: table.DeletionProtectionEnabled ?? false,
    ttl: null,
    backups: null,
    tags: null,
    unsupportedReads: [],
    itemCount: table.ItemCount ?? null,
    sizeBytes: table.TableSizeBytes ?? null,
  };
}

/** What DescribeTimeToLive answers, in our words. */
export function observedTtl(ttl: TimeToLiveDescription): NonNullable<ObservedTable["ttl"]> {
  return { status: ttl.TimeToLiveStatus ?? "DISABLED", attribute: ttl.AttributeName ?? null };
}

/** What DescribeContinuousBackups answers, in our words; `status` is that of point-in-time recovery. */
export function observedBackups(
  backups: ContinuousBackupsDescription,
): NonNullable<ObservedTable["backups"]> {
  const recovery = backups.PointInTimeRecoveryDescription;
  return {
    status: recovery?.PointInTimeRecoveryStatus ?? "DISABLED",
    days: recovery?.RecoveryPeriodInDays ?? null,
    earliest: iso(recovery?.EarliestRestorableDateTime),
    latest: iso(recovery?.LatestRestorableDateTime),
  };
}
