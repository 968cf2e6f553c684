import * as z from "zod";

/** The parts of a table that an endpoint may not support; a table's `unsupported` lists these names. */
export const facets = [
  "tags",
  "ttl",
  "point_in_time_recovery",
  "encryption",
  "stream",
  "deletion_protection",
  "table_class",
  "on_demand_throughput",
  "global_secondary_indexes",
  "local_secondary_indexes",
] as const;
export const facetSchema = z.enum(facets);
export type Facet = z.infer<typeof facetSchema>;

const attributeTypeSchema = z.enum(["S", "N", "B"]);
const units = z.number().int().nullable();
const isoTime = z.string().nullable();

const projection = {
  name: z.string(),
  projectionType: z.string(),
  /** A set: the order DynamoDB answers in means nothing. */
  nonKeyAttributes: z.array(z.string()),
};

export const observedIndexSchema = z.object({
  ...projection,
  /** CREATING, UPDATING, DELETING or ACTIVE. */
  status: z.string(),
  partitionKey: z.string(),
  sortKey: z.string().nullable(),
  /** Null where the answer says 0 or nothing: on-demand. */
  readCapacity: units,
  writeCapacity: units,
});

const observedLocalIndexSchema = z.object({ ...projection, sortKey: z.string() });

const observedTableSchema = z.object({
  exists: z.literal(true),
  /**
   * CREATING, UPDATING, DELETING, ACTIVE, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED or
   * REPLICATION_NOT_AUTHORIZED; a string, because AWS adds to the list.
   */
  tableStatus: z.string(),
  tableId: z.string().nullable(),
  createdAt: isoTime,
  arn: z.string().nullable(),
  /** Null while DELETING: DynamoDB leaves the key schema out. */
  keys: z.object({ partitionKey: z.string(), sortKey: z.string().nullable() }).nullable(),
  /** The types of the attributes that are keys, of the table or of an index. */
  attributes: z.array(z.object({ name: z.string(), type: attributeTypeSchema })),
  billingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]),
  readCapacity: units,
  writeCapacity: units,
  maxReadRequestUnits: units,
  maxWriteRequestUnits: units,
  globalSecondaryIndexes: z.array(observedIndexSchema),
  localSecondaryIndexes: z.array(observedLocalIndexSchema),
  /** `arn` and `label` are null unless enabled: DescribeTable keeps showing those of a stream that is off. */
  stream: z.object({
    enabled: z.boolean(),
    viewType: z.string().nullable(),
    arn: z.string().nullable(),
    label: z.string().nullable(),
  }),
  /**
   * `kms` covers the AWS managed key and a customer's: DescribeTable shows the key's ARN for both and does not
   * tell them apart. `status` is null with the AWS owned key, which DescribeTable does not describe.
   */
  encryption: z.object({
    type: z.enum(["aws_owned", "kms"]),
    status: z.string().nullable(),
    kmsKeyArn: z.string().nullable(),
  }),
  tableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]),
  deletionProtection: z.boolean(),
  /** Null: not read, because the table is not ACTIVE, the read was not asked for, or is not supported. */
  ttl: z.object({ status: z.string(), attribute: z.string().nullable() }).nullable(),
  /** Null: as for `ttl`. `days` is null where the endpoint does not say. */
  backups: z.object({ status: z.string(), days: units, earliest: isoTime, latest: isoTime }).nullable(),
  /** Null: as for `ttl`. May be empty for some seconds after creation. */
  tags: z.record(z.string(), z.string()).nullable(),
  /** Reads the endpoint answered in a way that is not DynamoDB's, or does not know. */
  unsupportedReads: z.array(facetSchema),
  itemCount: z.number().nullable(),
  sizeBytes: z.number().nullable(),
});
export type ObservedTable = z.infer<typeof observedTableSchema>;

/** What a worker read of one table, as JSON: it is stored in Postgres and read again. Times are ISO 8601, UTC. */
export const observedSchema = z.discriminatedUnion("exists", [
  z.object({ exists: z.literal(false) }),
  observedTableSchema,
]);
export type Observed = z.infer<typeof observedSchema>;
