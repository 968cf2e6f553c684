import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { AttributeType } from "#lib/table-spec/spec-fields.ts";

type KeyElement = { AttributeName: string; KeyType: "HASH" | "RANGE" };
type Throughput = { ReadCapacityUnits: number; WriteCapacityUnits: number };
type Projection = { ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE"; NonKeyAttributes?: string[] };
type LocalIndexInput = { IndexName: string; KeySchema: KeyElement[]; Projection: Projection };
type GlobalIndexInput = LocalIndexInput & { ProvisionedThroughput?: Throughput };

/** The input of CreateTable, in the field names of the AWS API. */
export type CreateTableInput = {
  TableName: string;
  KeySchema: KeyElement[];
  AttributeDefinitions: { AttributeName: string; AttributeType: AttributeType }[];
  BillingMode: "PAY_PER_REQUEST" | "PROVISIONED";
  ProvisionedThroughput?: Throughput;
  OnDemandThroughput?: { MaxReadRequestUnits?: number; MaxWriteRequestUnits?: number };
  GlobalSecondaryIndexes?: GlobalIndexInput[];
  LocalSecondaryIndexes?: LocalIndexInput[];
  StreamSpecification?: {
    StreamEnabled: true;
    StreamViewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  };
  SSESpecification?: { Enabled: true; SSEType?: "KMS"; KMSMasterKeyId?: string };
  TableClass?: "STANDARD_INFREQUENT_ACCESS";
  DeletionProtectionEnabled?: true;
  Tags?: { Key: string; Value: string }[];
};

/** By code unit, so that a plan reads the same on every machine whatever its locale. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The entries of a map sorted by key; the maps of a spec have no order that means anything. */
export function sortedEntries<Value>(map: Record<string, Value>): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => byText(a, b));
}

function keySchema(partitionKey: string, sortKey: string | null): KeyElement[] {
  const hash: KeyElement = { AttributeName: partitionKey, KeyType: "HASH" };
  return sortKey === null ? [hash] : [hash, { AttributeName: sortKey, KeyType: "RANGE" }];
}

function projection(index: {
  projection_type: Projection["ProjectionType"];
  non_key_attributes: string[] | null;
}): Projection {
  if (index.projection_type !== "INCLUDE") return { ProjectionType: index.projection_type };
  return { ProjectionType: "INCLUDE", NonKeyAttributes: [...(index.non_key_attributes ?? [])].sort(byText) };
}

function throughput(of: { read_capacity: number | null; write_capacity: number | null }): {
  ProvisionedThroughput?: Throughput;
} {
  if (of.read_capacity === null || of.write_capacity === null) return {};
  return {
    ProvisionedThroughput: { ReadCapacityUnits: of.read_capacity, WriteCapacityUnits: of.write_capacity },
  };
}

function indexes(
  spec: TableSpec,
): Pick<CreateTableInput, "GlobalSecondaryIndexes" | "LocalSecondaryIndexes"> {
  const global = sortedEntries(spec.global_secondary_indexes).map(([name, index]) => ({
    IndexName: name,
    KeySchema: keySchema(index.partition_key, index.sort_key),
    Projection: projection(index),
    ...throughput(index),
  }));
  const local = sortedEntries(spec.local_secondary_indexes).map(([name, index]) => ({
    IndexName: name,
    KeySchema: keySchema(spec.partition_key, index.sort_key),
    Projection: projection(index),
  }));
  return {
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
  };
}

function onDemandThroughput(spec: TableSpec): Pick<CreateTableInput, "OnDemandThroughput"> {
  const read = spec.max_read_request_units;
  const write = spec.max_write_request_units;
  if (spec.billing_mode !== "PAY_PER_REQUEST" || (read === null && write === null)) return {};
  return {
    OnDemandThroughput: {
      ...(read !== null && { MaxReadRequestUnits: read }),
      ...(write !== null && { MaxWriteRequestUnits: write }),
    },
  };
}

/**
 * How CreateTable is asked for the key: nothing means the AWS owned key, `Enabled` alone the AWS managed key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html
 */
function encryption(spec: TableSpec): Pick<CreateTableInput, "SSESpecification"> {
  switch (spec.encryption) {
    case "aws_owned":
      return {};
    case "aws_managed":
      return { SSESpecification: { Enabled: true } };
    case "customer_managed":
      return {
        SSESpecification: {
          Enabled: true,
          SSEType: "KMS",
          ...(spec.kms_key_id !== null && { KMSMasterKeyId: spec.kms_key_id }),
        },
      };
  }
}

/**
 * The one CreateTable call that carries everything it can; what it cannot (TTL, point-in-time recovery) needs
 * calls of its own. Always sends the billing mode, because the API's default is not ours, and exactly the
 * attribute definitions that keys use, because DynamoDB refuses more or fewer.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export function createTableInput(
  name: string,
  spec: TableSpec,
  tags: Record<string, string>,
): CreateTableInput {
  const tagList = sortedEntries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    TableName: name,
    KeySchema: keySchema(spec.partition_key, spec.sort_key),
    AttributeDefinitions: keyAttributes(spec)
      .sort(byText)
      .map((name) => ({ AttributeName: name, AttributeType: attributeType(spec, name) })),
    BillingMode: spec.billing_mode,
    ...(spec.billing_mode === "PROVISIONED" && throughput(spec)),
    ...onDemandThroughput(spec),
    ...indexes(spec),
    ...(spec.enable_stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: spec.stream_view_type },
    }),
    ...encryption(spec),
    ...(spec.table_class === "STANDARD_INFREQUENT_ACCESS" && { TableClass: spec.table_class }),
    ...(spec.deletion_protection && { DeletionProtectionEnabled: true }),
    ...(tagList.length > 0 && { Tags: tagList }),
  };
}
