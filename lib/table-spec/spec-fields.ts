import { z } from "zod";
import {
  attributeName,
  defaulted,
  flag,
  keyAttributeName,
  mapOf,
  mustBe,
  nullable,
  oneOf,
  wholeNumber,
} from "./field-schemas.ts";
import {
  globalSecondaryIndexSchema,
  indexNameSchema,
  localSecondaryIndexSchema,
  maxCapacity,
} from "./index-schema.ts";
import { kmsKeyIdSchema } from "./kms-key.ts";
import { tagKeySchema, tagValueSchema } from "./tag-schemas.ts";

/** Types a key attribute may have: string, number, binary (`ScalarAttributeType` of the DynamoDB API). */
export const attributeTypes = ["S", "N", "B"] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** The module's table patterns; the pattern becomes the tag `Type`. */
export const tablePatterns = ["key-value", "time-series"] as const;
export type TablePattern = (typeof tablePatterns)[number];

export const billingModes = ["PAY_PER_REQUEST", "PROVISIONED"] as const;
export type BillingMode = (typeof billingModes)[number];

export const streamViewTypes = ["NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"] as const;
export type StreamViewType = (typeof streamViewTypes)[number];

export const encryptionTypes = ["aws_managed", "aws_owned", "customer_managed"] as const;
export type EncryptionType = (typeof encryptionTypes)[number];

export const tableClasses = ["STANDARD", "STANDARD_INFREQUENT_ACCESS"] as const;
export type TableClass = (typeof tableClasses)[number];

const notASpec = mustBe("A table", "an object of its options");

/**
 * Every option of a table, each checked for itself. Pick from it for a step of a form; the whole, with the rules
 * between fields, is `tableSpecSchema`. Left out or null means the default, so a parsed object has every key.
 */
export const tableSpecFields = z.strictObject(
  {
    partition_key: keyAttributeName("partition_key"),
    sort_key: nullable(keyAttributeName("sort_key")),
    attribute_types: defaulted(
      mapOf(
        "attribute_types",
        "an object from attribute names to S, N or B",
        z.string(),
        oneOf("An attribute's type", attributeTypes),
      ),
      {},
    ),
    type: defaulted(oneOf("type", tablePatterns), "key-value"),
    billing_mode: defaulted(oneOf("billing_mode", billingModes), "PAY_PER_REQUEST"),
    enable_ttl: defaulted(flag("enable_ttl"), false),
    ttl_attribute: defaulted(attributeName("ttl_attribute", { min: 0 }), "ttl"),
    enable_point_in_time_recovery: defaulted(flag("enable_point_in_time_recovery"), false),
    enable_stream: defaulted(flag("enable_stream"), false),
    stream_view_type: defaulted(oneOf("stream_view_type", streamViewTypes), "NEW_AND_OLD_IMAGES"),
    kms_key_id: nullable(kmsKeyIdSchema),
    purpose: defaulted(tagValueSchema("purpose"), "Application Data Storage"),
    encryption: nullable(oneOf("encryption", encryptionTypes)),
    read_capacity: nullable(wholeNumber("read_capacity", 1, maxCapacity)),
    write_capacity: nullable(wholeNumber("write_capacity", 1, maxCapacity)),
    max_read_request_units: nullable(wholeNumber("max_read_request_units", 1)),
    max_write_request_units: nullable(wholeNumber("max_write_request_units", 1)),
    point_in_time_recovery_days: defaulted(wholeNumber("point_in_time_recovery_days", 1, 35), 35),
    deletion_protection: defaulted(flag("deletion_protection"), false),
    table_class: defaulted(oneOf("table_class", tableClasses), "STANDARD"),
    global_secondary_indexes: defaulted(
      mapOf(
        "global_secondary_indexes",
        "an object from index names to indexes",
        indexNameSchema,
        globalSecondaryIndexSchema,
      ),
      {},
    ),
    local_secondary_indexes: defaulted(
      mapOf(
        "local_secondary_indexes",
        "an object from index names to indexes",
        indexNameSchema,
        localSecondaryIndexSchema,
      ),
      {},
    ),
    tags: defaulted(
      mapOf("tags", "an object from tag keys to tag values", tagKeySchema, tagValueSchema("The tag's value")),
      {},
    ),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `Not an option of a table: ${issue.keys.join(", ")}. Check the spelling, or remove it.`
        : notASpec(issue),
  },
);

/** A spec whose fields are sound each for itself; `encryption` may still be null (to be derived). */
export type TableSpecFields = z.output<typeof tableSpecFields>;
