import { randomUUID } from "node:crypto";
import { resolveKeyArn, resolveTableName, tableArn } from "./arns.ts";
import { tableDescription } from "./describe-table.ts";
import { inUse, limitExceeded, ServiceError } from "./service-error.ts";
import { type StoredCapacity, type StoredGlobalIndex, type StoredTable, tableStatus } from "./tables.ts";
import { validateCreateTable } from "./validate-create-table.ts";
import type {
  Caller,
  CreateTableInput,
  GlobalIndexInput,
  LocalIndexInput,
  OnDemandThroughput,
  SseSpecification,
  Throughput,
  WarmThroughput,
} from "./wire.ts";
import type { World } from "./world.ts";

/** Tables whose name contains this stay in CREATING for so long, for people to watch. */
const slow = { inName: "-slow", milliseconds: 30_000 };

/**
 * CreateTable.
 * @throws ServiceError ValidationException, ResourceInUseException (the name is taken), LimitExceededException
 */
export function createTable(world: World, caller: Caller, input: CreateTableInput) {
  const name = resolveTableName(caller, input.TableName);
  validateCreateTable(input, caller.region);
  const existing = world.tables.find(caller, name);
  if (existing)
    throw tableStatus(existing, caller.now) === "CREATING"
      ? inUse(`Table is being created: ${name}`)
      : new ServiceError("ResourceInUseException", `Table already exists: ${name}`);
  requireRoomForTable(world, caller, input);
  const table = newTable(world, caller, name, input);
  world.tables.save(table);
  return { TableDescription: tableDescription(world, table, caller.now) };
}

function newTable(world: World, caller: Caller, name: string, input: CreateTableInput): StoredTable {
  const { now, account, region } = caller;
  const { supports, creatingMs } = world.settings;
  const creatingUntil =
    now + (name.includes(slow.inName) ? Math.max(slow.milliseconds, creatingMs) : creatingMs);
  const onDemand = input.BillingMode === "PAY_PER_REQUEST";
  const keyArn = supports("encryption") ? wantedKeyArn(caller, input.SSESpecification) : undefined;
  return {
    account,
    region,
    name,
    arn: tableArn(caller, name),
    id: randomUUID(),
    createdAt: now,
    creatingUntil,
    updatingUntil: creatingUntil,
    attributeDefinitions: input.AttributeDefinitions,
    keySchema: input.KeySchema,
    billingMode: input.BillingMode ?? "PROVISIONED",
    onDemandSince: onDemand ? now : undefined,
    capacity: newCapacity(
      input.ProvisionedThroughput,
      supports("onDemandThroughput") ? input.OnDemandThroughput : undefined,
      input.WarmThroughput,
    ),
    localIndexes: (input.LocalSecondaryIndexes ?? []).map(newLocalIndex),
    globalIndexes: (input.GlobalSecondaryIndexes ?? []).map((index) => newGlobalIndex(index, creatingUntil)),
    stream:
      supports("stream") && input.StreamSpecification?.StreamEnabled
        ? newStream(input.StreamSpecification.StreamViewType!, now)
        : undefined,
    encryption: keyArn === undefined ? undefined : { keyArn, updatingUntil: now },
    tableClass: supports("tableClass") ? input.TableClass : undefined,
    tableClassChanges: [],
    deletionProtection: supports("deletionProtection") && (input.DeletionProtectionEnabled ?? false),
    tags: supports("tags") ? ((input.Tags ?? []) as StoredTable["tags"]) : [],
    previousTags: [],
    tagsChangedAt: now,
  };
}

/** Quotas per account and region: tables, control-plane operations at once, indexed tables in creation at once. */
function requireRoomForTable(world: World, caller: Caller, input: CreateTableInput): void {
  const { limits } = world.settings;
  const tables = requireRoomForOperation(world, caller);
  if (tables.length >= limits.tables)
    throw limitExceeded(
      `Subscriber limit exceeded: There is a limit of ${limits.tables} tables per subscriber`,
    );
  const indexed = (table: StoredTable) =>
    table.globalIndexes.length + table.localIndexes.length > 0 &&
    tableStatus(table, caller.now) === "CREATING";
  if (
    (input.GlobalSecondaryIndexes || input.LocalSecondaryIndexes) &&
    tables.filter(indexed).length >= limits.simultaneousIndexedCreations
  )
    throw limitExceeded(
      "Subscriber limit exceeded: You have exceeded the maximum number of indexed tables that can be created simultaneously",
    );
}

/**
 * Returns the tables of the caller's account and region if one more of them may change.
 * @throws ServiceError LimitExceededException
 */
export function requireRoomForOperation(world: World, caller: Caller): StoredTable[] {
  const most = world.settings.limits.simultaneousOperations;
  const tables = world.tables.list(caller);
  if (
    tables.length >= most &&
    tables.filter((table) => tableStatus(table, caller.now) !== "ACTIVE").length >= most
  )
    throw limitExceeded(
      `Subscriber limit exceeded: Only ${most} tables can be created, updated, or deleted simultaneously`,
    );
  return tables;
}

/** DynamoDB's defaults for warm throughput: 12,000 and 4,000 on demand, else the provisioned capacity. */
export function newCapacity(
  provisioned: Throughput | undefined,
  onDemand?: OnDemandThroughput,
  warm?: WarmThroughput,
): StoredCapacity {
  return {
    read: provisioned?.ReadCapacityUnits ?? 0,
    write: provisioned?.WriteCapacityUnits ?? 0,
    warmRead: warm?.ReadUnitsPerSecond ?? provisioned?.ReadCapacityUnits ?? 12_000,
    warmWrite: warm?.WriteUnitsPerSecond ?? provisioned?.WriteCapacityUnits ?? 4_000,
    decreasesToday: 0,
    onDemand,
  };
}

const newLocalIndex = (index: LocalIndexInput) => ({
  name: index.IndexName,
  keySchema: index.KeySchema,
  projection: index.Projection,
});

export const newGlobalIndex = (index: GlobalIndexInput, creatingUntil: number): StoredGlobalIndex => ({
  ...newLocalIndex(index),
  capacity: newCapacity(index.ProvisionedThroughput, index.OnDemandThroughput, index.WarmThroughput),
  creatingUntil,
  updatingUntil: creatingUntil,
});

/** A stream's label is the moment it was switched on, ISO 8601 with milliseconds and without a zone. */
export const newStream = (viewType: string, now: number) => ({
  enabled: true,
  viewType,
  label: new Date(now).toISOString().slice(0, -1),
});

/** The key ARN to report, or undefined for the AWS-owned key, which DynamoDB does not report. */
export const wantedKeyArn = (caller: Caller, encryption: SseSpecification | undefined) =>
  encryption?.Enabled ? resolveKeyArn(caller, encryption.KMSMasterKeyId) : undefined;
