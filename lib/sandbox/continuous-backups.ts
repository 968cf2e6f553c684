import { resolveTableName } from "./arns.ts";
import { seconds } from "./describe-table.ts";
import { inUse, ServiceError, validation } from "./service-error.ts";
import { type StoredTable, tableStatus } from "./tables.ts";
import type { Caller, OnTable } from "./wire.ts";
import type { World } from "./world.ts";

const defaultDays = 35;
/** Recovery reaches to about five minutes ago. */
const restorableLagMs = 300_000;

/**
 * UpdateContinuousBackups: point-in-time recovery on (again: the window may change) or off.
 * @throws ServiceError ContinuousBackupsUnavailableException until the table is ACTIVE and its backups are ready,
 *   TableNotFoundException, ValidationException
 */
export function updateContinuousBackups(
  world: World,
  caller: Caller,
  input: OnTable & {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean; RecoveryPeriodInDays?: number };
  },
) {
  const table = requireBackedUpTable(world, caller, input);
  const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } =
    input.PointInTimeRecoverySpecification;
  if (!enabled && days !== undefined)
    throw validation(
      "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
    );
  if (tableStatus(table, caller.now) === "DELETING") throw inUse(`Table is being deleted: ${table.name}`);
  if (!backupsReady(world, table, caller.now))
    throw new ServiceError(
      "ContinuousBackupsUnavailableException",
      `Backups are being enabled for the table: ${table.name}. Please retry later`,
    );
  table.recovery = enabled
    ? {
        enabledAt: table.recovery?.enabledAt ?? caller.now,
        days: days ?? table.recovery?.days ?? defaultDays,
      }
    : undefined;
  world.tables.save(table);
  return { ContinuousBackupsDescription: backupsDescription(world, table, caller.now) };
}

/**
 * DescribeContinuousBackups: backups are there for every ACTIVE table, point-in-time recovery is the inner switch.
 * @throws ServiceError TableNotFoundException
 */
export function describeContinuousBackups(world: World, caller: Caller, input: OnTable) {
  const table = requireBackedUpTable(world, caller, input);
  return { ContinuousBackupsDescription: backupsDescription(world, table, caller.now) };
}

/** The backup operations have an error of their own for a table that is not there. */
function requireBackedUpTable(world: World, caller: Caller, input: OnTable): StoredTable {
  const name = resolveTableName(caller, input.TableName);
  const table = world.tables.find(caller, name);
  if (!table) throw new ServiceError("TableNotFoundException", `Table not found: ${name}`);
  return table;
}

const backupsReady = (world: World, table: StoredTable, now: number) =>
  now >= table.creatingUntil + world.settings.backupsEnablingMs;

function backupsDescription(world: World, table: StoredTable, now: number) {
  const { recovery } = table;
  return {
    ContinuousBackupsStatus: backupsReady(world, table, now) ? "ENABLED" : "DISABLED",
    PointInTimeRecoveryDescription: recovery
      ? {
          PointInTimeRecoveryStatus: "ENABLED",
          RecoveryPeriodInDays: recovery.days,
          EarliestRestorableDateTime: seconds(
            Math.max(recovery.enabledAt, now - recovery.days * 24 * 3600 * 1000),
          ),
          LatestRestorableDateTime: seconds(Math.max(recovery.enabledAt, now - restorableLagMs)),
        }
      : { PointInTimeRecoveryStatus: "DISABLED" },
  };
}
