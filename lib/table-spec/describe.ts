import type { ProjectionType } from "./index-schema.ts";
import type { TableSpec } from "./schema.ts";
import type {
  AttributeType,
  BillingMode,
  EncryptionType,
  StreamViewType,
  TableClass,
  TablePattern,
} from "./spec-fields.ts";

/** A field of a spec in the words of the portal's pages. */
export const fieldLabel: Record<keyof TableSpec, string> = {
  partition_key: "Partition key",
  sort_key: "Sort key",
  attribute_types: "Attribute types",
  type: "Pattern",
  billing_mode: "Billing mode",
  enable_ttl: "Time to live (TTL)",
  ttl_attribute: "TTL attribute",
  enable_point_in_time_recovery: "Point-in-time recovery",
  enable_stream: "Stream",
  stream_view_type: "Stream view type",
  kms_key_id: "KMS key",
  purpose: "Purpose",
  encryption: "Encryption",
  read_capacity: "Read capacity units",
  write_capacity: "Write capacity units",
  max_read_request_units: "Most read request units",
  max_write_request_units: "Most write request units",
  point_in_time_recovery_days: "Recovery window in days",
  deletion_protection: "Deletion protection",
  table_class: "Table class",
  global_secondary_indexes: "Global secondary indexes",
  local_secondary_indexes: "Local secondary indexes",
  tags: "Tags",
};

export const patternLabel: Record<TablePattern, string> = {
  "key-value": "Key-value",
  "time-series": "Time series",
};

/** What each pattern is for, after the module's best practices. */
export const patternExplanation: Record<TablePattern, string> = {
  "key-value": "Simple look-ups by one key: user data, configuration, sessions.",
  "time-series":
    "Events, logs and metrics, queried by time: a partition key, a sort key and often an expiry.",
};

export const attributeTypeLabel: Record<AttributeType, string> = { S: "String", N: "Number", B: "Binary" };

export const billingModeLabel: Record<BillingMode, string> = {
  PAY_PER_REQUEST: "On demand",
  PROVISIONED: "Provisioned",
};

export const billingModeExplanation: Record<BillingMode, string> = {
  PAY_PER_REQUEST:
    "You pay for each request; capacity follows the load. For loads that vary or are not known yet.",
  PROVISIONED:
    "You pay for capacity per second, used or not; requests above it are throttled. For predictable loads.",
};

export const streamViewTypeLabel: Record<StreamViewType, string> = {
  NEW_AND_OLD_IMAGES: "New and old images",
  NEW_IMAGE: "New image",
  OLD_IMAGE: "Old image",
  KEYS_ONLY: "Keys only",
};

export const streamViewTypeExplanation: Record<StreamViewType, string> = {
  NEW_AND_OLD_IMAGES: "Each change carries the whole item as it was before and as it is after.",
  NEW_IMAGE: "Each change carries the whole item as it is after the change.",
  OLD_IMAGE: "Each change carries the whole item as it was before the change.",
  KEYS_ONLY: "Each change carries only the key attributes of the item.",
};

export const encryptionLabel: Record<EncryptionType, string> = {
  aws_managed: "AWS-managed key",
  aws_owned: "AWS-owned key",
  customer_managed: "Customer-managed key",
};

export const encryptionExplanation: Record<EncryptionType, string> = {
  aws_managed: "The account's key aws/dynamodb, kept by AWS. Requests to AWS KMS are charged.",
  aws_owned: "A key that AWS owns and nobody sees in the account. Free of charge.",
  customer_managed:
    "A key of your own in AWS KMS: you decide who may use it. The key and its requests are charged.",
};

export const tableClassLabel: Record<TableClass, string> = {
  STANDARD: "Standard",
  STANDARD_INFREQUENT_ACCESS: "Standard-Infrequent Access",
};

export const tableClassExplanation: Record<TableClass, string> = {
  STANDARD: "For most tables.",
  STANDARD_INFREQUENT_ACCESS: "Cheaper storage, dearer requests: for much data that is read seldom.",
};

export const projectionTypeLabel: Record<ProjectionType, string> = {
  ALL: "All attributes",
  KEYS_ONLY: "Keys only",
  INCLUDE: "Chosen attributes",
};

export const projectionTypeExplanation: Record<ProjectionType, string> = {
  ALL: "The index holds whole items: most storage, no look-ups in the table.",
  KEYS_ONLY: "The index holds the keys of the table and of the index: least storage.",
  INCLUDE: "The index holds the keys and the attributes you list.",
};

/**
 * An attribute's name as people read it: characters that are unseen or turn the text around them, which DynamoDB allows
 * in a name, stand as escapes (`\u202e`), so that no name shows another setting than the one that is approved.
 */
export const shownName = (name: string): string =>
  name.replace(/(?! )[\p{C}\p{Z}]/gu, (unseen) =>
    [...Array(unseen.length).keys()]
      .map((at) => `\\u${unseen.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );

/** A table's key attributes, as people read them: "customer_id, order_id". */
export const keysInWords = ({
  partition_key,
  sort_key,
}: Pick<TableSpec, "partition_key" | "sort_key">): string =>
  [partition_key, ...(sort_key === null ? [] : [sort_key])].map(shownName).join(", ");
