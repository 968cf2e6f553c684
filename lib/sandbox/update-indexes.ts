import { newCapacity, newGlobalIndex } from "./create-table.ts";
import { inUse, invalidParameter, limitExceeded, ServiceError, validation } from "./service-error.ts";
import { indexStatus, type StoredGlobalIndex, type StoredTable } from "./tables.ts";
import { changedCapacity, changedCaps, updateWarmThroughput } from "./update-capacity.ts";
import { maxGlobalIndexes, validateIndexes } from "./validate-create-table.ts";
import { validateDefinitions, validateKeySchema } from "./validate-keys.ts";
import { validateOnDemand } from "./validate-throughput.ts";
import { oneOnlineIndex } from "./validate-update-table.ts";
import type { Caller, GlobalIndexInput, GlobalIndexUpdate, UpdateTableInput } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * Creates or deletes one global index, or changes the capacity of several. A new index is CREATING for twice the
 * updating time, so the table is ACTIVE before its index is.
 * @throws ServiceError ValidationException, LimitExceededException, ResourceInUseException, ResourceNotFoundException
 */
export function updateIndexes(
  world: World,
  table: StoredTable,
  caller: Caller,
  input: UpdateTableInput,
): void {
  const { now } = caller;
  for (const { Create, Update, Delete } of input.GlobalSecondaryIndexUpdates ?? []) {
    const moving = table.globalIndexes.find((index) =>
      ["CREATING", "DELETING"].includes(indexStatus(index, now)),
    );
    if ((Create ?? Delete) && moving) throw oneOnlineIndex();
    if (Create) addIndex(world, table, caller, Create, input);
    if (Delete)
      requireIndex(table, Delete.IndexName, now, "delete").deletingUntil = now + world.settings.updatingMs;
    if (Update) changeIndex(world, table, caller, Update, input);
  }
  table.updatingUntil = Math.max(table.updatingUntil, now + world.settings.updatingMs);
}

function addIndex(
  world: World,
  table: StoredTable,
  caller: Caller,
  index: GlobalIndexInput,
  input: UpdateTableInput,
): void {
  const onDemand = table.billingMode === "PAY_PER_REQUEST";
  const names = [...table.localIndexes, ...table.globalIndexes].map((other) => other.name);
  if (names.includes(index.IndexName)) throw validation("Attempting to create an index which already exists");
  if (table.globalIndexes.length >= maxGlobalIndexes)
    throw limitExceeded(
      `Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of ${maxGlobalIndexes}`,
    );
  if (!input.AttributeDefinitions)
    throw invalidParameter(`AttributeDefinitions is not specified for index: ${index.IndexName}`);
  validateDefinitions(input.AttributeDefinitions);
  validateKeySchema(index.KeySchema, input.AttributeDefinitions, 4);
  validateIndexes([index]);
  if (onDemand && index.ProvisionedThroughput)
    throw invalidParameter(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  if (!onDemand && !index.ProvisionedThroughput)
    throw invalidParameter(
      `Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${index.IndexName}`,
    );
  validateOnDemand(index.OnDemandThroughput, onDemand, `index : ${index.IndexName}`, caller.region);
  const keyNames = index.KeySchema.map((key) => key.AttributeName);
  for (const definition of input.AttributeDefinitions) {
    const existing = table.attributeDefinitions.find(
      (other) => other.AttributeName === definition.AttributeName,
    );
    if (existing && existing.AttributeType !== definition.AttributeType)
      throw invalidParameter(
        `Attribute ${definition.AttributeName} is defined as ${existing.AttributeType} already and cannot be changed`,
      );
    if (!existing && keyNames.includes(definition.AttributeName)) table.attributeDefinitions.push(definition);
  }
  table.globalIndexes.push(newGlobalIndex(index, caller.now + 2 * world.settings.updatingMs));
}

function changeIndex(
  world: World,
  table: StoredTable,
  caller: Caller,
  update: NonNullable<GlobalIndexUpdate["Update"]>,
  input: UpdateTableInput,
): void {
  const index = requireIndex(table, update.IndexName, caller.now, "update");
  const onDemand = table.billingMode === "PAY_PER_REQUEST";
  if (update.ProvisionedThroughput) {
    if (onDemand)
      throw invalidParameter(
        `The only Updates for index: ${index.name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`,
      );
    // After a switch to PROVISIONED the index still has the zeroes of an on-demand table.
    index.capacity =
      input.BillingMode === "PROVISIONED" && index.capacity.read === 0
        ? newCapacity(update.ProvisionedThroughput)
        : changedCapacity(index.capacity, update.ProvisionedThroughput, caller.now, `index ${index.name}`);
  }
  if (update.OnDemandThroughput) {
    validateOnDemand(update.OnDemandThroughput, onDemand, `index : ${index.name}`, caller.region, true);
    index.capacity.onDemand = changedCaps(index.capacity.onDemand, update.OnDemandThroughput);
  }
  if (update.WarmThroughput)
    updateWarmThroughput(index.capacity, update.WarmThroughput, `index ${index.name}`);
  index.updatingUntil = caller.now + world.settings.updatingMs;
}

function requireIndex(
  table: StoredTable,
  name: string,
  now: number,
  action: "update" | "delete",
): StoredGlobalIndex {
  const index = table.globalIndexes.find((other) => other.name === name);
  if (!index && table.localIndexes.some((other) => other.name === name))
    throw validation(`Cannot ${action} an index that is not a GlobalSecondaryIndex: ${name}`);
  if (!index)
    throw new ServiceError(
      "ResourceNotFoundException",
      `Requested resource not found: Index ${name} for table ${table.name}`,
    );
  const status = indexStatus(index, now);
  if (status === "UPDATING") throw inUse(`Index is being updated. Table: ${table.name} Index: ${name}`);
  if (status === "DELETING") throw inUse(`Index is being deleted. Table: ${table.name} Index: ${name}`);
  return index;
}
