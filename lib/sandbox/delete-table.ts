import { requireRoomForOperation } from "./create-table.ts";
import { tableDescription } from "./describe-table.ts";
import { inUse, validation } from "./service-error.ts";
import { indexStatus, requireTable, tableStatus } from "./tables.ts";
import type { Caller, OnTable } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * DeleteTable; answering again for a table that is DELETING already, as DynamoDB does.
 * @throws ServiceError ResourceNotFoundException, ResourceInUseException (CREATING, UPDATING, an index on the move),
 *   ValidationException (deletion protection), LimitExceededException
 */
export function deleteTable(world: World, caller: Caller, input: OnTable) {
  const table = requireTable(world.tables, caller, input);
  const { now } = caller;
  const status = tableStatus(table, now);
  if (status === "CREATING") throw inUse(`Table is being created: ${table.name}`);
  if (table.deletionProtection)
    throw validation(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  if (status === "UPDATING") throw inUse(`Table: ${table.name} is in the process of being updated.`);
  if (status === "ACTIVE") {
    if (table.globalIndexes.some((index) => indexStatus(index, now) !== "ACTIVE"))
      throw inUse("Cannot delete table while indexes are being created, updated, or deleted.");
    requireRoomForOperation(world, caller);
    table.deletingUntil = now + world.settings.deletingMs;
    world.tables.save(table);
  }
  const {
    AttributeDefinitions: _attributes,
    KeySchema: _keys,
    CreationDateTime: _created,
    ...description
  } = tableDescription(world, table, now);
  return { TableDescription: { ...description, TableStatus: "DELETING" } };
}
