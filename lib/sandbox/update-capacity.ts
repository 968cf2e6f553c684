import { newCapacity } from "./create-table.ts";
import { inUse, invalidParameter, limitExceeded, validation } from "./service-error.ts";
import { indexStatus, type StoredCapacity, type StoredTable } from "./tables.ts";
import { validateOnDemand, validateQuota } from "./validate-throughput.ts";
import type { Caller, OnDemandThroughput, Throughput, UpdateTableInput, WarmThroughput } from "./wire.ts";
import type { World } from "./world.ts";

const freeDecreases = 4;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const seeGuide =
  "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

/**
 * Billing mode and provisioned capacity of a table; to PROVISIONED every index must come along with its own.
 * @throws ServiceError ValidationException, LimitExceededException, ResourceInUseException (an index on the move)
 */
export function updateCapacity(
  world: World,
  table: StoredTable,
  caller: Caller,
  input: UpdateTableInput,
): void {
  const { now } = caller;
  const mode = input.BillingMode ?? table.billingMode;
  const flips = mode !== table.billingMode;
  if (mode === "PAY_PER_REQUEST" && input.ProvisionedThroughput)
    throw invalidParameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  if (table.globalIndexes.some((index) => indexStatus(index, now) !== "ACTIVE"))
    throw inUse(`Can't change table IOPS when an index is being created. Table: ${table.name}`);
  if (mode === "PROVISIONED") {
    if (flips) requireIndexCapacities(table, input);
    validateQuota(
      [
        input.ProvisionedThroughput,
        ...(input.GlobalSecondaryIndexUpdates ?? []).map((update) => update.Update?.ProvisionedThroughput),
      ],
      caller.region,
    );
    table.capacity = flips
      ? newCapacity(input.ProvisionedThroughput)
      : changedCapacity(table.capacity, input.ProvisionedThroughput!, now, "table");
  } else if (flips) {
    table.onDemandSince = now;
    table.capacity = newCapacity(undefined);
    for (const index of table.globalIndexes) index.capacity = newCapacity(undefined);
  }
  table.billingMode = mode;
  table.updatingUntil = now + world.settings.updatingMs;
}

function requireIndexCapacities(table: StoredTable, input: UpdateTableInput): void {
  const given = new Set(
    (input.GlobalSecondaryIndexUpdates ?? [])
      .filter((update) => update.Update?.ProvisionedThroughput)
      .map((update) => update.Update!.IndexName),
  );
  const missing = table.globalIndexes.map((index) => index.name).filter((name) => !given.has(name));
  if (missing.length > 0)
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${missing.join(",")}`);
}

/**
 * `what` is "table" or "index NAME". Decreases: four a UTC day, then one an hour.
 * @throws ServiceError ValidationException when nothing changes, LimitExceededException for too many decreases
 */
export function changedCapacity(
  current: StoredCapacity,
  wanted: Throughput,
  now: number,
  what: string,
): StoredCapacity {
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = wanted;
  const on = what === "table" ? "the table" : `the ${what}`;
  if (read === current.read && write === current.write)
    throw validation(
      `The provisioned throughput for ${on} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for ${on}: ${current.read}. Requested ReadCapacityUnits: ${read}. Current WriteCapacityUnits provisioned for ${on}: ${current.write}. Requested WriteCapacityUnits: ${write}. ${seeGuide}`,
    );
  const decreases = read < current.read || write < current.write;
  const increases = read > current.read || write > current.write;
  const today = Math.floor(now / dayMs) === Math.floor((current.decreasedAt ?? 0) / dayMs);
  const decreasesToday = today ? current.decreasesToday : 0;
  if (decreases && decreasesToday >= freeDecreases && now < (current.decreasedAt ?? 0) + hourMs)
    throw limitExceeded(
      `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first ${freeDecreases} decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: ${decreasesToday}. Last decrease at ${new Date(current.decreasedAt!).toUTCString()}.`,
    );
  return {
    ...current,
    read,
    write,
    warmRead: Math.max(current.warmRead, read),
    warmWrite: Math.max(current.warmWrite, write),
    decreasesToday: decreasesToday + (decreases ? 1 : 0),
    increasedAt: increases ? now : current.increasedAt,
    decreasedAt: decreases ? now : current.decreasedAt,
  };
}

/** @throws ServiceError ValidationException, LimitExceededException */
export function updateOnDemandCaps(
  world: World,
  table: StoredTable,
  caller: Caller,
  caps: OnDemandThroughput,
): void {
  validateOnDemand(caps, table.billingMode === "PAY_PER_REQUEST", "table", caller.region, true);
  table.capacity.onDemand = changedCaps(table.capacity.onDemand, caps);
  table.updatingUntil = caller.now + world.settings.updatingMs;
}

/** −1 takes a cap away; without any cap the member is absent. */
export function changedCaps(
  current: OnDemandThroughput | undefined,
  wanted: OnDemandThroughput,
): OnDemandThroughput | undefined {
  const kept = Object.entries({ ...current, ...wanted }).filter(([, units]) => units !== -1);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** @throws ServiceError ValidationException: warm throughput only grows */
export function updateWarmThroughput(capacity: StoredCapacity, wanted: WarmThroughput, what: string): void {
  for (const [member, key] of [
    ["ReadUnitsPerSecond", "warmRead"],
    ["WriteUnitsPerSecond", "warmWrite"],
  ] as const) {
    const units = wanted[member];
    if (units === undefined) continue;
    if (units < capacity[key])
      throw invalidParameter(
        `Requested ${member} for WarmThroughput for ${what} is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
      );
    capacity[key] = units;
  }
}
