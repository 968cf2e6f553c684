import { invalidParameter, limitExceeded, validation } from "./service-error.ts";
import { validateEncryption, validateTableClass } from "./validate-create-table.ts";
import type { UpdateTableInput } from "./wire.ts";

const changes = [
  "ProvisionedThroughput",
  "BillingMode",
  "StreamSpecification",
  "GlobalSecondaryIndexUpdates",
  "SSESpecification",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "WarmThroughput",
  "TableClass",
] as const;

/** Changes that AWS takes one at a time, with the text it refuses company with. */
const alone = [
  ["SSESpecification", "Server-Side Encryption modification must be the only operation in the request"],
  ["TableClass", "TableClass modification must be the only operation in the request"],
  ["DeletionProtectionEnabled", "DeletionProtection modification must be the only operation in the request"],
  ["WarmThroughput", "WarmThroughput must be the only operation in the request"],
] as const;

/**
 * What UpdateTable refuses whatever the table: nothing to do, and changes that do not go together.
 * @throws ServiceError ValidationException, LimitExceededException (more than one index created or deleted)
 */
export function validateUpdateTable(input: UpdateTableInput): void {
  const given = changes.filter((change) => input[change] !== undefined);
  if (given.length === 0)
    throw validation(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    );
  for (const [change, text] of alone)
    if (given.includes(change) && given.length > 1) throw invalidParameter(text);
  if (given.includes("OnDemandThroughput") && given.some((change) => !onDemandCompany.has(change)))
    throw invalidParameter(
      "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
    );
  validateIndexUpdates(input);
  validateCapacityCompany(input);
  validateStreamChange(input);
  validateEncryption(input.SSESpecification);
  validateTableClass(input.TableClass);
}

const onDemandCompany = new Set<string>(["OnDemandThroughput", "BillingMode"]);

function validateCapacityCompany(input: UpdateTableInput): void {
  const capacity = input.ProvisionedThroughput ?? input.BillingMode;
  const online = input.GlobalSecondaryIndexUpdates?.some((update) => update.Create ?? update.Delete);
  if (input.BillingMode === "PAY_PER_REQUEST" && input.ProvisionedThroughput)
    throw invalidParameter(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  if (input.BillingMode === "PROVISIONED" && !input.ProvisionedThroughput)
    throw invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  if (capacity && input.StreamSpecification)
    throw invalidParameter("You cannot modify stream status while updating table IOPS");
  if (capacity && online)
    throw invalidParameter("You cannot create or delete index while updating table IOPS");
  if (online && input.StreamSpecification)
    throw invalidParameter("You cannot create or delete index while changing stream status");
}

function validateStreamChange({ StreamSpecification: stream }: UpdateTableInput): void {
  if (stream?.StreamEnabled && stream.StreamViewType === undefined)
    throw invalidParameter("If stream is being enabled then UpdateViewType is required");
  if (stream && !stream.StreamEnabled && stream.StreamViewType !== undefined)
    throw invalidParameter("If stream is being disabled, then UpdateViewType must not be specified");
}

function validateIndexUpdates({ GlobalSecondaryIndexUpdates: updates }: UpdateTableInput): void {
  if (!updates) return;
  if (updates.length === 0) throw invalidParameter("List of GlobalSecondaryIndexUpdates is empty");
  const names = new Set<string>();
  for (const { Create, Update, Delete } of updates) {
    const actions = [Create, Update, Delete].filter((action) => action !== undefined);
    if (actions.length === 0)
      throw invalidParameter(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
      );
    if (actions.length > 1)
      throw invalidParameter(
        "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
      );
    const name = actions[0]!.IndexName;
    if (names.has(name))
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      );
    names.add(name);
  }
  if (updates.filter((update) => update.Create ?? update.Delete).length > 1) throw oneOnlineIndex();
}

export const oneOnlineIndex = () =>
  limitExceeded(
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
  );
