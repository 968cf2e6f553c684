import { newStream, requireRoomForOperation } from "./create-table.ts";
import { tableDescription } from "./describe-table.ts";
import { inUse, invalidParameter, limitExceeded, throttled, validation } from "./service-error.ts";
import { requireTable, type StoredTable, tableStatus } from "./tables.ts";
import { updateCapacity, updateOnDemandCaps, updateWarmThroughput } from "./update-capacity.ts";
import { updateEncryption } from "./update-encryption.ts";
import { updateIndexes } from "./update-indexes.ts";
import { validateUpdateTable } from "./validate-update-table.ts";
import type { Caller, StreamSpecification, UpdateTableInput } from "./wire.ts";
import type { World } from "./world.ts";

const tableClassChanges = { most: 2, inMs: 30 * 24 * 3600 * 1000 };

/**
 * UpdateTable. Not idempotent, as at AWS: what is so already is refused (stream, class, capacity, encryption).
 * @throws ServiceError ValidationException, ResourceInUseException while anything of the table is on the move,
 *   LimitExceededException, ThrottlingException (deletion protection changed a moment ago), ResourceNotFoundException
 */
export function updateTable(world: World, caller: Caller, input: UpdateTableInput) {
  validateUpdateTable(input);
  const table = structuredClone(requireTable(world.tables, caller, input));
  requireSettled(table, caller.now);
  requireRoomForOperation(world, caller);
  const supports = world.settings.supports;
  if (input.DeletionProtectionEnabled !== undefined && supports("deletionProtection"))
    updateDeletionProtection(world, table, caller.now, input.DeletionProtectionEnabled);
  if (input.TableClass !== undefined && supports("tableClass"))
    updateTableClass(world, table, caller.now, input.TableClass);
  if (input.SSESpecification && supports("encryption"))
    updateEncryption(world, table, caller, input.SSESpecification);
  if (input.StreamSpecification && supports("stream"))
    updateStream(world, table, caller.now, input.StreamSpecification);
  if (input.BillingMode ?? input.ProvisionedThroughput) updateCapacity(world, table, caller, input);
  if (input.OnDemandThroughput && supports("onDemandThroughput"))
    updateOnDemandCaps(world, table, caller, input.OnDemandThroughput);
  if (input.WarmThroughput) updateWarmThroughput(table.capacity, input.WarmThroughput, "table");
  if (input.GlobalSecondaryIndexUpdates) updateIndexes(world, table, caller, input);
  world.tables.save(table);
  return { TableDescription: tableDescription(world, table, caller.now) };
}

function requireSettled(table: StoredTable, now: number): void {
  const status = tableStatus(table, now);
  if (status === "CREATING") throw inUse(`Table is being created: ${table.name}`);
  if (status === "DELETING") throw inUse(`Table is being deleted: ${table.name}`);
  if (status === "UPDATING") throw inUse(`Table: ${table.name} is in the process of being updated.`);
  if (table.encryption && now < table.encryption.updatingUntil)
    throw inUse("Server-Side Encryption is still being updated");
}

/** Takes effect at once; the next change is throttled for 15 seconds. */
function updateDeletionProtection(world: World, table: StoredTable, now: number, wanted: boolean): void {
  const again =
    (table.deletionProtectionChangedAt ?? -Infinity) + world.settings.deletionProtectionCooldownMs;
  if (now < again)
    throw throttled(
      `Deletion protection setting for table ${table.name} modified within the previous ${world.settings.deletionProtectionCooldownMs} milliseconds. Please try again after ${new Date(again).toISOString()}`,
    );
  table.deletionProtection = wanted;
  table.deletionProtectionChangedAt = now;
}

function updateTableClass(world: World, table: StoredTable, now: number, wanted: string): void {
  const recent = table.tableClassChanges.filter((at) => now < at + tableClassChanges.inMs);
  if (recent.length >= tableClassChanges.most)
    throw limitExceeded(
      `Subscriber limit exceeded: Updates to TableClass are limited to ${tableClassChanges.most} times in 30 day(s).`,
    );
  if (wanted === (table.tableClass ?? "STANDARD"))
    throw invalidParameter(`Table already has the requested TableClass: ${wanted}`);
  table.tableClass = wanted;
  table.tableClassChanges = [...recent, now];
  table.tableClassChangedAt = now;
  table.updatingUntil = now + world.settings.updatingMs;
}

/** A stream switched on again is a new stream: new label, new ARN. */
function updateStream(world: World, table: StoredTable, now: number, wanted: StreamSpecification): void {
  if (wanted.StreamEnabled && table.stream?.enabled)
    throw validation(`Table already has an enabled stream: TableName: ${table.name}`);
  if (!wanted.StreamEnabled && !table.stream?.enabled)
    throw validation(`Table has no stream to disable: TableName: ${table.name}`);
  if (table.globalIndexes.some((index) => now < index.creatingUntil))
    throw inUse(`Can't change stream status when an index is being created. Table: ${table.name}`);
  table.stream = wanted.StreamEnabled
    ? newStream(wanted.StreamViewType!, now)
    : { ...table.stream!, enabled: false };
  table.updatingUntil = now + world.settings.updatingMs;
}
