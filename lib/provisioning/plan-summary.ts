import { shownName } from "#lib/table-spec/describe.ts";
import type { CreateTableInput } from "./create-table-input.ts";

const viewTypeWords = {
  KEYS_ONLY: "the key attributes",
  NEW_IMAGE: "new images",
  OLD_IMAGE: "old images",
  NEW_AND_OLD_IMAGES: "new and old images",
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function keyWords(input: CreateTableInput): string {
  const types = new Map(input.AttributeDefinitions.map((a) => [a.AttributeName, a.AttributeType]));
  const names = input.KeySchema.map(
    (key) => `${shownName(key.AttributeName)} (${types.get(key.AttributeName)})`,
  );
  return `${names.length === 1 ? "key" : "keys"} ${listed(names)}`;
}

function billingWords(input: CreateTableInput): string {
  if (input.ProvisionedThroughput) {
    const { ReadCapacityUnits: read, WriteCapacityUnits: write } = input.ProvisionedThroughput;
    return `provisioned capacity of ${counted(read, "read unit")} and ${counted(write, "write unit")}`;
  }
  const { MaxReadRequestUnits: read, MaxWriteRequestUnits: write } = input.OnDemandThroughput ?? {};
  const limits = [
    ...(read === undefined ? [] : [counted(read, "read unit")]),
    ...(write === undefined ? [] : [counted(write, "write unit")]),
  ];
  return limits.length === 0
    ? "on-demand billing"
    : `on-demand billing of at most ${listed(limits)} a second`;
}

function indexWords(input: CreateTableInput): string[] {
  const group = (list: { IndexName: string }[] | undefined, kind: string): string[] =>
    list === undefined
      ? []
      : [
          `the ${kind} secondary ${list.length === 1 ? "index" : "indexes"} ${listed(list.map((i) => i.IndexName))}`,
        ];
  return [...group(input.GlobalSecondaryIndexes, "global"), ...group(input.LocalSecondaryIndexes, "local")];
}

function encryptionWords(sse: CreateTableInput["SSESpecification"]): string {
  if (sse === undefined) return "encryption with the AWS owned key";
  return sse.KMSMasterKeyId === undefined
    ? "encryption with the AWS managed key"
    : `encryption with the customer key ${sse.KMSMasterKeyId}`;
}

/** One plain sentence about a CreateTable input: everything the call sets, in the order a reviewer asks for it. */
export function describeCreate(input: CreateTableInput): string {
  const stream = input.StreamSpecification;
  const parts = [
    keyWords(input),
    billingWords(input),
    ...indexWords(input),
    ...(stream ? [`a stream of ${viewTypeWords[stream.StreamViewType]}`] : []),
    encryptionWords(input.SSESpecification),
    ...(input.TableClass ? ["the Standard-Infrequent Access class"] : []),
    ...(input.DeletionProtectionEnabled ? ["deletion protection"] : []),
    ...(input.Tags ? [counted(input.Tags.length, "tag")] : []),
  ];
  return `Create the table with ${parts.join(", ")}`;
}

/** One plain sentence about switching time to live on. */
export function describeTtl(attribute: string): string {
  return `Let items expire at the time in their attribute ${shownName(attribute)} (time to live)`;
}

/** One plain sentence about switching point-in-time recovery on; `days` is how far back one can restore. */
export function describeBackups(days: number): string {
  return `Turn on point-in-time recovery, back to any second of the last ${counted(days, "day")}`;
}
