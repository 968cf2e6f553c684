import { tableNotFound } from "./service-error.ts";
import {
  indexStatus,
  requireTable,
  type StoredCapacity,
  type StoredGlobalIndex,
  type StoredLocalIndex,
  type StoredTable,
  type TableStatus,
  tableStatus,
} from "./tables.ts";
import type { Caller, OnTable } from "./wire.ts";
import type { World } from "./world.ts";

/** DynamoDB's dates: seconds since the epoch, with milliseconds behind the point. */
export const seconds = (milliseconds: number) => milliseconds / 1000;

/**
 * DescribeTable: a table just created may be "not found" for a while where eventual consistency is configured.
 * @throws ServiceError ResourceNotFoundException
 */
export function describeTable(world: World, caller: Caller, input: OnTable) {
  const table = requireTable(world.tables, caller, input);
  const { describeLagReads, describeLagSeconds } = world.settings.eventualConsistency;
  const readsBefore = world.countRead(`describe/${table.id}`, describeLagReads);
  if (readsBefore < describeLagReads || caller.now < table.createdAt + describeLagSeconds * 1000)
    throw tableNotFound(table.name);
  return { Table: tableDescription(world, table, caller.now, { warmThroughput: true }) };
}

/** ListTables: names of the caller's account and region in byte order, at most 100 at a time. */
export function listTables(
  world: World,
  caller: Caller,
  input: { Limit?: number; ExclusiveStartTableName?: string },
) {
  const { Limit = 100, ExclusiveStartTableName: after = "" } = input;
  const names = world.tables
    .list(caller)
    .map((table) => table.name)
    .filter((name) => name > after)
    .sort();
  const page = names.slice(0, Limit);
  return {
    TableNames: page,
    LastEvaluatedTableName: names.length > page.length ? page[page.length - 1] : undefined,
  };
}

/**
 * A TableDescription as AWS answers it: members that were never set are absent, empty lists too.
 * WarmThroughput is part of DescribeTable's answers only.
 */
export function tableDescription(
  world: World,
  table: StoredTable,
  now: number,
  { warmThroughput = false } = {},
) {
  const { supports } = world.settings;
  const status = tableStatus(table, now);
  const warm = warmThroughput && status !== "CREATING";
  return {
    AttributeDefinitions: table.attributeDefinitions,
    TableName: table.name,
    KeySchema: table.keySchema,
    TableStatus: status,
    CreationDateTime: seconds(table.createdAt),
    ProvisionedThroughput: throughputDescription(table.capacity),
    TableSizeBytes: 0,
    ItemCount: 0,
    TableArn: table.arn,
    TableId: supports("tableId") ? table.id : undefined,
    BillingModeSummary: billingModeSummary(table, status),
    LocalSecondaryIndexes: nonEmpty(table.localIndexes.map((index) => localIndexDescription(table, index))),
    GlobalSecondaryIndexes: nonEmpty(
      table.globalIndexes.map((index) => globalIndexDescription(table, index, now, warm)),
    ),
    ...streamDescription(table),
    SSEDescription: encryptionDescription(table, now),
    TableClassSummary: table.tableClass && {
      TableClass: table.tableClass,
      LastUpdateDateTime: table.tableClassChangedAt && seconds(table.tableClassChangedAt),
    },
    DeletionProtectionEnabled: supports("deletionProtection") ? table.deletionProtection : undefined,
    OnDemandThroughput: table.capacity.onDemand,
    WarmThroughput: warm ? warmDescription(table.capacity, "ACTIVE") : undefined,
  };
}

const nonEmpty = <T>(items: T[]) => (items.length > 0 ? items : undefined);

function throughputDescription(capacity: StoredCapacity) {
  return {
    LastIncreaseDateTime: capacity.increasedAt && seconds(capacity.increasedAt),
    LastDecreaseDateTime: capacity.decreasedAt && seconds(capacity.decreasedAt),
    NumberOfDecreasesToday: capacity.decreasesToday,
    ReadCapacityUnits: capacity.read,
    WriteCapacityUnits: capacity.write,
  };
}

const warmDescription = (capacity: StoredCapacity, status: string) => ({
  ReadUnitsPerSecond: capacity.warmRead,
  WriteUnitsPerSecond: capacity.warmWrite,
  Status: status,
});

/** Absent on a table that was provisioned all its life; without the date while CREATING. */
function billingModeSummary(table: StoredTable, status: TableStatus) {
  if (table.onDemandSince === undefined) return undefined;
  return {
    BillingMode: table.billingMode,
    LastUpdateToPayPerRequestDateTime: status === "CREATING" ? undefined : seconds(table.onDemandSince),
  };
}

function localIndexDescription(table: StoredTable, index: StoredLocalIndex) {
  return {
    IndexName: index.name,
    KeySchema: index.keySchema,
    Projection: index.projection,
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexArn: `${table.arn}/index/${index.name}`,
  };
}

function globalIndexDescription(table: StoredTable, index: StoredGlobalIndex, now: number, warm: boolean) {
  const status = indexStatus(index, now);
  const online = status === "CREATING" && now >= table.creatingUntil;
  return {
    IndexName: index.name,
    KeySchema: index.keySchema,
    Projection: index.projection,
    IndexStatus: status,
    // An index added to a table is filled once the table is ACTIVE again.
    Backfilling: online ? now >= table.updatingUntil : undefined,
    ProvisionedThroughput: throughputDescription(index.capacity),
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexArn: `${table.arn}/index/${index.name}`,
    OnDemandThroughput: index.capacity.onDemand,
    WarmThroughput: warm
      ? warmDescription(index.capacity, status === "ACTIVE" ? "ACTIVE" : "UPDATING")
      : undefined,
  };
}

/** The ARN and label stay when a stream is switched off, for the 24 hours it can still be read. */
function streamDescription(table: StoredTable) {
  if (!table.stream) return {};
  const { enabled, viewType, label } = table.stream;
  return {
    StreamSpecification: enabled ? { StreamEnabled: true, StreamViewType: viewType } : undefined,
    LatestStreamLabel: label,
    LatestStreamArn: `${table.arn}/stream/${label}`,
  };
}

function encryptionDescription(table: StoredTable, now: number) {
  if (!table.encryption) return undefined;
  const { keyArn, updatingUntil } = table.encryption;
  const updating = now < updatingUntil;
  if (keyArn === null) return updating ? { Status: "UPDATING" } : undefined;
  return { Status: updating ? "UPDATING" : "ENABLED", SSEType: "KMS", KMSMasterKeyArn: keyArn };
}
