import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import { backupsOn, backupsWanted, type Desired, ttlOn, ttlWanted } from "./plan.ts";

/** Statuses that DynamoDB does not leave by itself, and what a person can do about each. */
const stuckStatuses = new Map([
  [
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    "DynamoDB cannot use the table's KMS key. Enable the key, or give DynamoDB its access back in the key's policy, within seven days; after that the table is archived.",
  ],
  [
    "ARCHIVING",
    "DynamoDB is archiving the table, because its KMS key could not be used for more than seven days. Restore it from the on-demand backup that this leaves.",
  ],
  [
    "ARCHIVED",
    "DynamoDB has archived the table, because its KMS key could not be used for more than seven days. Restore it from the on-demand backup that was left.",
  ],
]);

/**
 * Why the table is in a status DynamoDB cannot leave by itself, in a sentence for the person; null while it can.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */
export function stuck(observed: Observed): string | null {
  if (!observed.exists) return null;
  const why = stuckStatuses.get(observed.tableStatus);
  return why === undefined ? null : `The table is ${observed.tableStatus}. ${why}`;
}

const movingEncryption = new Set(["ENABLING", "DISABLING", "UPDATING"]);

/** Whether nothing about the table is moving: a table is ACTIVE while its indexes or its encryption still change. */
export function settled(observed: Observed): boolean {
  return (
    observed.exists &&
    observed.tableStatus === "ACTIVE" &&
    observed.globalSecondaryIndexes.every((index) => index.status === "ACTIVE") &&
    !movingEncryption.has(observed.encryption.status ?? "")
  );
}

/** Which key the table is encrypted with, read with the spec in hand: DescribeTable alone cannot tell two of them apart. */
export function encryptionType(spec: TableSpec, observed: ObservedTable): TableSpec["encryption"] {
  if (observed.encryption.type === "aws_owned") return "aws_owned";
  return spec.encryption === "customer_managed" ? "customer_managed" : "aws_managed";
}

const namesOf = (list: { name: string }[]): Set<string> => new Set(list.map((index) => index.name));

/**
 * Create-time settings that were asked for, accepted, and are not there. Ask only about a settled table. Tags are
 * judged only when they were read, and may read empty for a while after creation (ListTagsOfResource is
 * eventually consistent), so believe `tags` only after the wait that takes. Facets known as unsupported are left out.
 */
export function absentFacets(desired: Desired, observed: ObservedTable): Facet[] {
  const { spec, tags, unsupported } = desired;
  const globalNames = namesOf(observed.globalSecondaryIndexes);
  const localNames = namesOf(observed.localSecondaryIndexes);
  const liveTags = observed.tags;
  const absent: [Facet, boolean][] = [
    ["tags", liveTags !== null && Object.keys(tags).some((key) => !Object.hasOwn(liveTags, key))],
    ["encryption", spec.encryption !== "aws_owned" && observed.encryption.type === "aws_owned"],
    ["stream", spec.enable_stream && !observed.stream.enabled],
    ["deletion_protection", spec.deletion_protection && !observed.deletionProtection],
    ["table_class", spec.table_class !== "STANDARD" && observed.tableClass === "STANDARD"],
    [
      "on_demand_throughput",
      (spec.max_read_request_units !== null && observed.maxReadRequestUnits === null) ||
        (spec.max_write_request_units !== null && observed.maxWriteRequestUnits === null),
    ],
    ["global_secondary_indexes", Object.keys(spec.global_secondary_indexes).some((n) => !globalNames.has(n))],
    ["local_secondary_indexes", Object.keys(spec.local_secondary_indexes).some((n) => !localNames.has(n))],
  ];
  return absent.filter(([facet, gone]) => gone && !unsupported.includes(facet)).map(([facet]) => facet);
}

/**
 * What still keeps the table from being complete, in plain words; empty when it is: settled, nothing asked for
 * absent, TTL ENABLING or ENABLED, recovery on where asked (save what is unsupported). What an endpoint could not
 * be asked (`unsupportedReads`) belongs in the wish's `unsupported` first.
 */
export function unmet(desired: Desired, observed: Observed): string[] {
  if (!observed.exists) return ["The table is not there yet"];
  if (!settled(observed)) return [unsettledWords(observed)];
  const { spec } = desired;
  return [
    ...absentFacets(desired, observed).map((facet) => `${facet} was asked for and is not there`),
    ...(ttlWanted(desired) && !ttlOn(spec, observed) ? [`TTL is not on for ${spec.ttl_attribute}`] : []),
    ...(backupsWanted(desired) && !backupsOn(spec, observed)
      ? [`Point-in-time recovery is not on for ${spec.point_in_time_recovery_days} days`]
      : []),
  ];
}

function unsettledWords(observed: ObservedTable): string {
  if (observed.tableStatus !== "ACTIVE") return `The table is ${observed.tableStatus}`;
  const index = observed.globalSecondaryIndexes.find(({ status }) => status !== "ACTIVE");
  return index
    ? `The index ${index.name} is ${index.status}`
    : `The encryption of the table is ${observed.encryption.status}`;
}

/** Whether the table is complete, as the states of a request mean it. */
export function done(desired: Desired, observed: Observed): boolean {
  return unmet(desired, observed).length === 0;
}
