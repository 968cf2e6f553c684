import type { Finding } from "./findings.ts";
import { jsonPointer } from "./json-pointer.ts";
import { keyAttributes } from "./key-attributes.ts";
import { kmsArnPlace } from "./kms-key.ts";
import type { TableSpec } from "./schema.ts";

/** Where the table will live: the environment's name and AWS Region, as far as they are known. */
export type AdviceContext = { environment?: string; region?: string };

/** `path` holds the segments from the spec down to the field that the advice is about. */
type Advice = { id: string; level: "warn" | "info"; path: string[]; message: string };

type Adviser = (spec: TableSpec, context: AdviceContext) => Advice[];

const when = (holds: boolean, advice: Advice): Advice[] => (holds ? [advice] : []);

const isProduction = (context: AdviceContext) =>
  /^(?:prod|prd|production|live)(?:[-_.]|$)/i.test(context.environment ?? "");

const pattern: Adviser = (spec) => [
  ...when(spec.type === "key-value" && spec.sort_key !== null, {
    id: "key-value-with-sort-key",
    level: "info",
    path: ["sort_key"],
    message:
      'A table of type "key-value" usually has a partition key alone. If items are ordered by time, "time-series" says so; the type only becomes a tag.',
  }),
  ...when(spec.type === "time-series" && !spec.enable_ttl, {
    id: "time-series-without-ttl",
    level: "info",
    path: ["enable_ttl"],
    message:
      "Time-series data grows for ever unless it expires. Enable TTL if old items may go; deletions by TTL cost nothing.",
  }),
];

const fewValued =
  /^(?:status|state|type|kind|category|level|severity|priority|gender|country|currency|language|locale|region|env|environment|date|day|week|month|year|(?:is|has)_.+|enabled|active|deleted|.+_(?:status|state|type|kind|category|level|date|day|month|year))$/;

/** `eventType` and `Event-Type` read as `event_type`. */
const snakeCase = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[-. ]/g, "_")
    .toLowerCase();

const partitionKeys: Adviser = (spec) => {
  const keys = [
    { name: spec.partition_key, path: ["partition_key"] },
    ...Object.entries(spec.global_secondary_indexes).map(([index, { partition_key: name }]) => ({
      name,
      path: ["global_secondary_indexes", index, "partition_key"],
    })),
  ];
  return keys
    .filter(({ name }) => fewValued.test(snakeCase(name)))
    .map(({ name, path }) => ({
      id: "few-partition-key-values",
      level: "info",
      path,
      message: `${JSON.stringify(name)} sounds like a partition key with few values. Each value is limited to 3,000 read and 1,000 write units per second, so a key with many values (an id) spreads the load better.`,
    }));
};

const attributeNames: Adviser = (spec) =>
  keyAttributes(spec)
    .filter((name) => name !== name.trim())
    .map((name) => ({
      id: "spaces-around-attribute-name",
      level: "warn",
      path:
        name === spec.partition_key
          ? ["partition_key"]
          : name === spec.sort_key
            ? ["sort_key"]
            : indexKeyPath(spec, name),
      message: `The attribute name ${JSON.stringify(name)} begins or ends with white space, and a key cannot be renamed later. Is that meant?`,
    }));

/** Path of the first index key that is this attribute. */
function indexKeyPath(spec: TableSpec, name: string): string[] {
  for (const map of ["global_secondary_indexes", "local_secondary_indexes"] as const) {
    for (const [index, keys] of Object.entries(spec[map])) {
      for (const [field, value] of Object.entries(keys)) {
        if (field.endsWith("_key") && value === name) return [map, index, field];
      }
    }
  }
  return [];
}

const timeToLive: Adviser = (spec) =>
  spec.enable_ttl
    ? [
        {
          id: "ttl-in-seconds",
          level: "info",
          path: ["ttl_attribute"],
          message: `Write ${JSON.stringify(spec.ttl_attribute)} as a number of seconds since 1970 (milliseconds would lie in the far future). Items go within a few days after that time and can be read until then.`,
        },
        ...when(spec.enable_stream, {
          id: "ttl-in-stream",
          level: "info",
          path: ["enable_stream"],
          message:
            "Items that expire appear in the stream as deletions by dynamodb.amazonaws.com. Consumers that act on deletions can tell them apart by userIdentity.",
        }),
        ...when(keyAttributes(spec).includes(spec.ttl_attribute), {
          id: "ttl-on-key",
          level: "warn",
          path: ["ttl_attribute"],
          message: `${JSON.stringify(spec.ttl_attribute)} is a key and also the expiry time: an item whose key holds a past time is deleted soon after it is written. A separate attribute is safer.`,
        }),
      ]
    : [];

const protection: Adviser = (spec, context) => [
  ...when(!spec.enable_point_in_time_recovery, {
    id: "no-point-in-time-recovery",
    level: "info",
    path: ["enable_point_in_time_recovery"],
    message: isProduction(context)
      ? "Without point-in-time recovery, data that is overwritten or deleted by mistake is lost. Enable it for production data that matters."
      : "Without point-in-time recovery, data that is overwritten or deleted by mistake is lost. That is fine for data that can be made again.",
  }),
  ...when(isProduction(context) && !spec.deletion_protection, {
    id: "no-deletion-protection",
    level: "info",
    path: ["deletion_protection"],
    message: "Deletion protection costs nothing and stops the table from being deleted by mistake.",
  }),
];

const encryption: Adviser = (spec, context) => {
  if (spec.kms_key_id === null) return [];
  const place = kmsArnPlace(spec.kms_key_id);
  return [
    {
      id: "customer-key-cost",
      level: "info",
      path: ["kms_key_id"],
      message:
        "A customer-managed key is charged per month and per request to AWS KMS. Readers and writers need rights on the key, and the table is lost to them while it is disabled.",
    },
    ...when(place !== null && context.region !== undefined && place.region !== context.region, {
      id: "key-in-other-region",
      level: "warn",
      path: ["kms_key_id"],
      message: `The key is in ${place?.region}, the table will be in ${context.region}. DynamoDB takes only keys of the table's own Region.`,
    }),
  ];
};

const cost: Adviser = (spec) => [
  ...when(spec.table_class === "STANDARD_INFREQUENT_ACCESS", {
    id: "infrequent-access",
    level: "info",
    path: ["table_class"],
    message:
      "Standard-IA makes storage cheaper and every request dearer. It pays when storage is the larger part of the table's cost; the class may be changed twice in 30 days.",
  }),
  ...when(spec.billing_mode === "PROVISIONED", {
    id: "fixed-capacity",
    level: "info",
    path: ["billing_mode"],
    message:
      "Provisioned capacity is fixed and paid for whether used or not; requests above it are throttled. It suits a load that is predictable.",
  }),
];

const localIndexes: Adviser = (spec) =>
  when(Object.keys(spec.local_secondary_indexes).length > 0, {
    id: "local-index-is-final",
    level: "info",
    path: ["local_secondary_indexes"],
    message:
      "Local secondary indexes cannot be added or removed later, and they limit all items of one partition key to 10 GB. A global secondary index has neither limit.",
  });

const advisers: readonly Adviser[] = [
  pattern,
  partitionKeys,
  attributeNames,
  timeToLive,
  protection,
  encryption,
  cost,
  localIndexes,
];

/**
 * Best practices that a valid table departs from or should know of; `path` is a JSON pointer from the request's body
 * (`/tables/<key>/…`). Never a `deny`. Sources: the Terraform module's best practices and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/best-practices.html
 */
export function advise(key: string, spec: TableSpec, context: AdviceContext = {}): Finding[] {
  return advisers.flatMap((adviser) =>
    adviser(spec, context).map(({ id, level, path, message }) => ({
      id,
      level,
      message,
      path: jsonPointer(["tables", key, ...path]),
    })),
  );
}
