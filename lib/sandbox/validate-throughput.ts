import { invalidParameter, limitExceeded } from "./service-error.ts";
import type { BillingMode, CreateTableInput, OnDemandThroughput, Throughput } from "./wire.ts";

/** Default quotas of an account in a region; DescribeLimits answers them. */
export const capacityLimits = {
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
};
const seeGuide =
  "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

/**
 * Capacity of a new table and of its indexes together against billing mode and quota.
 * @throws ServiceError ValidationException or LimitExceededException
 */
export function validateTableCapacity(input: CreateTableInput, region: string): void {
  const billingMode: BillingMode = input.BillingMode ?? "PROVISIONED";
  if (billingMode === "PAY_PER_REQUEST" && input.ProvisionedThroughput)
    throw invalidParameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  if (billingMode === "PROVISIONED" && !input.ProvisionedThroughput)
    throw invalidParameter(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
  validateOnDemand(input.OnDemandThroughput, billingMode === "PAY_PER_REQUEST", "table", region);
  validateQuota(
    [
      input.ProvisionedThroughput,
      ...(input.GlobalSecondaryIndexes ?? []).map((index) => index.ProvisionedThroughput),
    ],
    region,
  );
}

/** @throws ServiceError LimitExceededException when a table and its indexes together ask for more than the quota */
export function validateQuota(parts: (Throughput | undefined)[], region: string): void {
  const sum = (member: keyof Throughput) => parts.reduce((total, part) => total + (part?.[member] ?? 0), 0);
  for (const [member, limit] of [
    ["ReadCapacityUnits", capacityLimits.TableMaxReadCapacityUnits],
    ["WriteCapacityUnits", capacityLimits.TableMaxWriteCapacityUnits],
  ] as const) {
    if (sum(member) > limit)
      throw limitExceeded(
        `The requested ${member}, ${sum(member)}, is above the per table maximum for the account in ${region}. Per table maximum: ${limit}. ${seeGuide}`,
      );
  }
}

/**
 * The caps of an on-demand table or index; `what` is "table" or "index : NAME". Where `clearable`, −1 takes a cap away.
 * @throws ServiceError ValidationException or LimitExceededException
 */
export function validateOnDemand(
  caps: OnDemandThroughput | undefined,
  onDemand: boolean,
  what: string,
  region: string,
  clearable = false,
): void {
  if (!caps) return;
  const given = (["MaxReadRequestUnits", "MaxWriteRequestUnits"] as const).filter(
    (member) => caps[member] !== undefined,
  );
  if (given.length === 0)
    throw invalidParameter(
      `At least one of MaxReadRequestUnits and MaxWriteRequestUnits must be specified in OnDemandThroughput for ${what}`,
    );
  for (const member of given) {
    const units = caps[member]!;
    if (!onDemand)
      throw invalidParameter(
        `${member} for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED`,
      );
    if (units < 1 && !(clearable && units === -1))
      throw invalidParameter(
        `Requested ${member} for OnDemandThroughput for ${what} is outside of valid range`,
      );
    const limit =
      member === "MaxReadRequestUnits" ? "TableMaxReadCapacityUnits" : "TableMaxWriteCapacityUnits";
    if (units > capacityLimits[limit])
      throw limitExceeded(
        `Subscriber limit exceeded: Requested ${member} for OnDemandThroughput for ${what} exceeds ${limit} of the account in region ${region}`,
      );
  }
}
