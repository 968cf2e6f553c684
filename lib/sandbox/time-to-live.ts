import { inUse, validation } from "./service-error.ts";
import { requireTable, type StoredTable, tableStatus } from "./tables.ts";
import type { Caller, OnTable } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * UpdateTimeToLive: one change per table per cooldown (an hour at AWS).
 * @throws ServiceError ValidationException, ResourceInUseException while the table is CREATING, ResourceNotFoundException
 */
export function updateTimeToLive(
  world: World,
  caller: Caller,
  input: OnTable & { TimeToLiveSpecification: { Enabled: boolean; AttributeName: string } },
) {
  const table = requireTable(world.tables, caller, input);
  const { now } = caller;
  if (tableStatus(table, now) === "CREATING") throw inUse(`Table ${table.name} is being created`);
  if (table.deletingUntil !== undefined) throw inUse(`Table is being deleted: ${table.name}`);
  const { Enabled: enabled, AttributeName: attribute } = input.TimeToLiveSpecification;
  const current = table.timeToLive;
  if (current?.enabled && current.attribute !== attribute)
    throw validation(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${current.attribute}`,
    );
  if (current?.enabled && enabled) throw validation("TimeToLive is already enabled");
  if (!current?.enabled && !enabled) throw validation("TimeToLive is already disabled");
  if (current && now < current.changedAt + world.settings.ttlCooldownMs)
    throw validation("Time to live has been modified multiple times within a fixed interval");
  table.timeToLive = { attribute, enabled, changedAt: now, settlesAt: now + world.settings.ttlMs };
  world.tables.save(table);
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
}

/**
 * DescribeTimeToLive.
 * @throws ServiceError ValidationException while the table is CREATING or DELETING, ResourceNotFoundException
 */
export function describeTimeToLive(world: World, caller: Caller, input: OnTable) {
  const table = requireTable(world.tables, caller, input);
  const status = tableStatus(table, caller.now);
  if (status === "CREATING" || status === "DELETING")
    throw validation(
      `Cannot describe time to live while table is in ${status} state: Current table state is ${status}`,
    );
  return { TimeToLiveDescription: timeToLiveDescription(table, caller.now) };
}

function timeToLiveDescription(table: StoredTable, now: number) {
  if (!table.timeToLive) return { TimeToLiveStatus: "DISABLED" };
  const { attribute, enabled, settlesAt } = table.timeToLive;
  if (now < settlesAt)
    return { TimeToLiveStatus: enabled ? "ENABLING" : "DISABLING", AttributeName: attribute };
  return enabled
    ? { TimeToLiveStatus: "ENABLED", AttributeName: attribute }
    : { TimeToLiveStatus: "DISABLED" };
}
