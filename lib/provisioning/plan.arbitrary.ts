import * as fc from "fast-check";
import { keyAttributes } from "#lib/table-spec/key-attributes.ts";
import { specRules } from "#lib/table-spec/rules.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import type { ObservedTable } from "./observed.ts";
import type { Desired, PlannedCall } from "./plan.ts";

/** A complete spec with the defaults of the contract, for tests. */
export function completeSpec(fields: Partial<TableSpec> = {}): TableSpec {
  return { ...tableSpecSchema.parse({ partition_key: "id" }), ...fields };
}

/** A wish with defaults, for tests. */
export function desiredTable(spec: Partial<TableSpec> = {}, rest: Partial<Desired> = {}): Desired {
  return {
    name: "shop-dev-orders",
    spec: completeSpec(spec),
    tags: { Project: "shop", "tablewright:table-id": "t-1" },
    unsupported: [],
    ...rest,
  };
}

const attributeName = fc.constantFrom("id", "at", "kind", "owner", "constructor", "__proto__");
const indexName = fc.stringMatching(/^[a-zA-Z0-9_.-]{3,12}$/);
/** Small enough for the table and all its indexes to stay within DynamoDB's 40,000 for a table. */
const units = fc.integer({ min: 1, max: 8_000 });
const projection = fc.oneof(
  fc.record({
    projection_type: fc.constantFrom("ALL" as const, "KEYS_ONLY" as const),
    non_key_attributes: fc.constant(null),
  }),
  fc.record({
    projection_type: fc.constant("INCLUDE" as const),
    non_key_attributes: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 5 }),
  }),
);

const globalIndex = (provisioned: boolean) =>
  fc
    .tuple(attributeName, fc.option(attributeName), projection, units, units)
    .filter(([partition, sort]) => partition !== sort)
    .map(([partition_key, sort_key, projected, read, write]) => ({
      partition_key,
      sort_key,
      ...projected,
      read_capacity: provisioned ? read : null,
      write_capacity: provisioned ? write : null,
    }));

const localIndex = fc
  .tuple(attributeName, projection)
  .map(([sort_key, projected]) => ({ sort_key, ...projected }));

const billing = fc.oneof(
  fc.record({
    billing_mode: fc.constant("PAY_PER_REQUEST" as const),
    read_capacity: fc.constant(null),
    write_capacity: fc.constant(null),
    max_read_request_units: fc.option(units),
    max_write_request_units: fc.option(units),
  }),
  fc.record({
    billing_mode: fc.constant("PROVISIONED" as const),
    read_capacity: units,
    write_capacity: units,
    max_read_request_units: fc.constant(null),
    max_write_request_units: fc.constant(null),
  }),
);

const encryption = fc.constantFrom(
  { encryption: "aws_managed" as const, kms_key_id: null },
  { encryption: "aws_owned" as const, kms_key_id: null },
  { encryption: "customer_managed" as const, kms_key_id: "alias/orders" },
  { encryption: "customer_managed" as const, kms_key_id: "1234abcd-12ab-34cd-56ef-1234567890ab" },
);

const features = fc.record({
  attribute_types: fc.dictionary(attributeName, fc.constantFrom("S" as const, "N" as const, "B" as const)),
  enable_ttl: fc.boolean(),
  ttl_attribute: fc.constantFrom("ttl", "expires_at"),
  enable_point_in_time_recovery: fc.boolean(),
  point_in_time_recovery_days: fc.integer({ min: 1, max: 35 }),
  enable_stream: fc.boolean(),
  stream_view_type: fc.constantFrom(
    "KEYS_ONLY" as const,
    "NEW_IMAGE" as const,
    "OLD_IMAGE" as const,
    "NEW_AND_OLD_IMAGES" as const,
  ),
  deletion_protection: fc.boolean(),
  table_class: fc.constantFrom("STANDARD" as const, "STANDARD_INFREQUENT_ACCESS" as const),
});

/** Any complete spec that the portal would let pass, over a few attribute names that are awkward as object keys. */
export const anySpec: fc.Arbitrary<TableSpec> = fc
  .tuple(attributeName, fc.option(attributeName), billing, encryption, features)
  .filter(([partition, sort]) => partition !== sort)
  .chain(([partition_key, sort_key, billed, encrypted, featured]) =>
    fc
      .record({
        global_secondary_indexes: fc.dictionary(
          indexName,
          globalIndex(billed.billing_mode === "PROVISIONED"),
          {
            maxKeys: 4,
          },
        ),
        local_secondary_indexes:
          sort_key === null ? fc.constant({}) : fc.dictionary(indexName, localIndex, { maxKeys: 3 }),
      })
      .map((indexes) =>
        withKeyTypesOnly(
          completeSpec({ partition_key, sort_key, ...billed, ...encrypted, ...featured, ...indexes }),
        ),
      ),
  )
  .filter((spec) => specRules.every((rule) => rule.check(spec).length === 0));

/** DynamoDB, and the portal, know types of key attributes only. */
function withKeyTypesOnly(spec: TableSpec): TableSpec {
  const keys = new Set(keyAttributes(spec));
  const types = Object.entries(spec.attribute_types).filter(([name]) => keys.has(name));
  return { ...spec, attribute_types: Object.fromEntries(types) };
}

/** What DynamoDB would show of a table after the call, all at rest: a model of its answers, for tests. */
export function afterCall(live: ObservedTable | null, call: PlannedCall): ObservedTable {
  switch (call.call) {
    case "CreateTable":
      return afterCreate(call.input);
    case "UpdateTimeToLive":
      return {
        ...live!,
        ttl: { status: "ENABLING", attribute: call.input.TimeToLiveSpecification.AttributeName },
      };
    case "UpdateContinuousBackups": {
      const days = call.input.PointInTimeRecoverySpecification.RecoveryPeriodInDays;
      return { ...live!, backups: { status: "ENABLED", days, earliest: null, latest: null } };
    }
  }
}

type CreateInput = Extract<PlannedCall, { call: "CreateTable" }>["input"];
type IndexInput = NonNullable<CreateInput["GlobalSecondaryIndexes"]>[number];

const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-dev-orders";

const indexFacts = (index: IndexInput) => ({
  name: index.IndexName,
  projectionType: index.Projection.ProjectionType,
  nonKeyAttributes: [...(index.Projection.NonKeyAttributes ?? [])].reverse(),
  sortKey: index.KeySchema[1]?.AttributeName ?? null,
});

function afterCreate(input: CreateInput): ObservedTable {
  const stream = input.StreamSpecification;
  const key = input.SSESpecification && (input.SSESpecification.KMSMasterKeyId ?? "aws-managed");
  return {
    exists: true,
    tableStatus: "ACTIVE",
    tableId: "9f1e0a52-0000-4000-8000-000000000000",
    createdAt: "2026-01-02T03:04:05.000Z",
    arn,
    keys: {
      partitionKey: input.KeySchema[0]!.AttributeName,
      sortKey: input.KeySchema[1]?.AttributeName ?? null,
    },
    attributes: input.AttributeDefinitions.map((a) => ({
      name: a.AttributeName,
      type: a.AttributeType,
    })).reverse(),
    billingMode: input.BillingMode,
    readCapacity: input.ProvisionedThroughput?.ReadCapacityUnits ?? null,
    writeCapacity: input.ProvisionedThroughput?.WriteCapacityUnits ?? null,
    maxReadRequestUnits: input.OnDemandThroughput?.MaxReadRequestUnits ?? null,
    maxWriteRequestUnits: input.OnDemandThroughput?.MaxWriteRequestUnits ?? null,
    globalSecondaryIndexes: (input.GlobalSecondaryIndexes ?? []).map((index) => ({
      ...indexFacts(index),
      status: "ACTIVE",
      partitionKey: index.KeySchema[0]!.AttributeName,
      readCapacity: index.ProvisionedThroughput?.ReadCapacityUnits ?? null,
      writeCapacity: index.ProvisionedThroughput?.WriteCapacityUnits ?? null,
    })),
    localSecondaryIndexes: (input.LocalSecondaryIndexes ?? []).map((index) => ({
      ...indexFacts(index),
      sortKey: index.KeySchema[1]!.AttributeName,
    })),
    stream: {
      enabled: stream !== undefined,
      viewType: stream?.StreamViewType ?? null,
      arn: stream ? `${arn}/stream/2026-01-02T03:04:05.000` : null,
      label: stream ? "2026-01-02T03:04:05.000" : null,
    },
    encryption: {
      type: key ? "kms" : "aws_owned",
      status: key ? "ENABLED" : null,
      kmsKeyArn: key ? `arn:aws:kms:us-east-1:000000000000:key/${key.replace("alias/", "behind-")}` : null,
    },
    tableClass: input.TableClass ?? "STANDARD",
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    ttl: { status: "DISABLED", attribute: null },
    backups: { status: "DISABLED", days: null, earliest: null, latest: null },
    tags: Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
    unsupportedReads: [],
    itemCount: 0,
    sizeBytes: 0,
  };
}
