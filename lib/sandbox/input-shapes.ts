import type { Shape } from "./constraints.ts";

// Limits from DynamoDB's API model, version 2012-08-10 (botocore's service-2.json).

const string = (limits: Omit<Extract<Shape, { kind: "string" }>, "kind"> = {}): Shape => ({
  kind: "string",
  ...limits,
});
const integer = (limits: { min?: number; max?: number; required?: boolean } = {}): Shape => ({
  kind: "integer",
  ...limits,
});
const boolean = (required = false): Shape => ({ kind: "boolean", required });
const list = (of: Shape, limits: { min?: number; max?: number; required?: boolean } = {}): Shape => ({
  kind: "list",
  of,
  ...limits,
});
const structure = (members: Record<string, Shape>, required = false): Shape => ({
  kind: "structure",
  members,
  required,
});

const namePattern = "[a-zA-Z0-9_.-]+";
const indexName = string({ required: true, min: 3, max: 255, pattern: namePattern });
/** A name or an ARN; lengths and characters of the name itself are checked where it is resolved. */
const tableName = string();
const throughput = (required = false) =>
  structure(
    {
      ReadCapacityUnits: integer({ required: true, min: 1 }),
      WriteCapacityUnits: integer({ required: true, min: 1 }),
    },
    required,
  );
const onDemandThroughput = structure({ MaxReadRequestUnits: integer(), MaxWriteRequestUnits: integer() });
const warmThroughput = structure({
  ReadUnitsPerSecond: integer({ min: 1 }),
  WriteUnitsPerSecond: integer({ min: 1 }),
});
const attributeDefinitions = (required = false) =>
  list(
    structure({
      AttributeName: string({ required: true, min: 1, max: 255 }),
      AttributeType: string({ required: true, enum: ["B", "N", "S"] }),
    }),
    { required },
  );
const keySchema = (max: number) =>
  list(
    structure({
      AttributeName: string({ required: true, min: 1, max: 255 }),
      KeyType: string({ required: true, enum: ["HASH", "RANGE"] }),
    }),
    { required: true, min: 1, max },
  );
const projection = structure(
  {
    ProjectionType: string({ enum: ["ALL", "INCLUDE", "KEYS_ONLY"] }),
    NonKeyAttributes: list(string({ min: 1, max: 255 }), { min: 1, max: 20 }),
  },
  true,
);
const streamSpecification = structure({
  StreamEnabled: boolean(true),
  StreamViewType: string({ enum: ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"] }),
});
const sseSpecification = structure({
  Enabled: boolean(),
  SSEType: string({ enum: ["AES256", "KMS"] }),
  KMSMasterKeyId: string(),
});
const tags = (required = false) => list(structure({ Key: string(), Value: string() }), { required });

/** At most four HASH and four RANGE attributes in a global index since November 2025, one of each elsewhere. */
const globalIndexKeySchema = keySchema(8);
const globalIndex = {
  IndexName: indexName,
  KeySchema: globalIndexKeySchema,
  Projection: projection,
  ProvisionedThroughput: throughput(),
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
};

const tableSettings = {
  TableName: tableName,
  BillingMode: string({ enum: ["PROVISIONED", "PAY_PER_REQUEST"] }),
  ProvisionedThroughput: throughput(),
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
  StreamSpecification: streamSpecification,
  SSESpecification: sseSpecification,
  TableClass: string(),
  DeletionProtectionEnabled: boolean(),
};

const onTable = structure({ TableName: tableName });
const resourceArn = string();

/** The request of every operation the sandbox knows. */
export const inputShapes = {
  CreateTable: structure({
    AttributeDefinitions: attributeDefinitions(true),
    KeySchema: keySchema(2),
    LocalSecondaryIndexes: list(
      structure({ IndexName: indexName, KeySchema: keySchema(2), Projection: projection }),
    ),
    GlobalSecondaryIndexes: list(structure(globalIndex)),
    Tags: tags(),
    ...tableSettings,
  }),
  UpdateTable: structure({
    AttributeDefinitions: attributeDefinitions(),
    GlobalSecondaryIndexUpdates: list(
      structure({
        Create: structure(globalIndex),
        Update: structure({
          IndexName: indexName,
          ProvisionedThroughput: throughput(),
          OnDemandThroughput: onDemandThroughput,
          WarmThroughput: warmThroughput,
        }),
        Delete: structure({ IndexName: indexName }),
      }),
    ),
    ...tableSettings,
  }),
  DescribeTable: onTable,
  DeleteTable: onTable,
  ListTables: structure({
    ExclusiveStartTableName: string({ min: 3, max: 255, pattern: namePattern }),
    Limit: integer({ min: 1, max: 100 }),
  }),
  DescribeTimeToLive: onTable,
  UpdateTimeToLive: structure({
    TableName: tableName,
    TimeToLiveSpecification: structure(
      { Enabled: boolean(true), AttributeName: string({ required: true, min: 1, max: 255 }) },
      true,
    ),
  }),
  DescribeContinuousBackups: onTable,
  UpdateContinuousBackups: structure({
    TableName: tableName,
    PointInTimeRecoverySpecification: structure(
      { PointInTimeRecoveryEnabled: boolean(true), RecoveryPeriodInDays: integer({ min: 1, max: 35 }) },
      true,
    ),
  }),
  TagResource: structure({ ResourceArn: resourceArn, Tags: tags(true) }),
  UntagResource: structure({ ResourceArn: resourceArn, TagKeys: list(string(), { required: true }) }),
  ListTagsOfResource: structure({ ResourceArn: resourceArn, NextToken: string() }),
  DescribeLimits: structure({}),
  DescribeEndpoints: structure({}),
} as const;

export type OperationName = keyof typeof inputShapes;

/** Members AWS understands and the sandbox does not: refused by name, never dropped in silence. */
export const refusedMembers: Partial<Record<OperationName, readonly string[]>> = {
  CreateTable: [
    "ResourcePolicy",
    "VectorIndexes",
    "GlobalTableSourceArn",
    "GlobalTableSettingsReplicationMode",
  ],
  UpdateTable: [
    "ReplicaUpdates",
    "MultiRegionConsistency",
    "GlobalTableWitnessUpdates",
    "GlobalTableSettingsReplicationMode",
    "VectorIndexUpdates",
  ],
};
