import { type Dialect, readEncryption } from "./table-block.ts";

const shared = {
  hash_key: "partition_key",
  range_key: "sort_key",
  billing_mode: "billing_mode",
  read_capacity: "read_capacity",
  write_capacity: "write_capacity",
  stream_enabled: "enable_stream",
  stream_view_type: "stream_view_type",
  table_class: "table_class",
  deletion_protection_enabled: "deletion_protection",
} as const;

const onDemandThroughput = {
  max_read_request_units: "max_read_request_units",
  max_write_request_units: "max_write_request_units",
} as const;

/**
 * The provider's resource. Encryption without a block is with a key that AWS owns, and a table without a billing mode
 * is provisioned. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
 */
export const resourceDialect: Dialect = {
  what: "aws_dynamodb_table",
  fields: shared,
  blocks: {
    ttl: { attribute_name: "ttl_attribute", enabled: "enable_ttl" },
    point_in_time_recovery: {
      enabled: "enable_point_in_time_recovery",
      recovery_period_in_days: "point_in_time_recovery_days",
    },
    on_demand_throughput: onDemandThroughput,
  },
  attributes: "attribute",
  globalIndexes: "global_secondary_index",
  localIndexes: "local_secondary_index",
  billingMode: "PROVISIONED",
  readEncryption: (draft, section) => {
    const { section: block, complete } = section.takeSection("server_side_encryption");
    if (!complete) draft.leaveOpen("encryption");
    if (block) {
      readEncryption(draft, block.take("enabled"), block.take("kms_key_arn"), section.report);
      block.finish("the block server_side_encryption", ["enabled", "kms_key_arn"]);
    } else if (complete) readEncryption(draft, null, null, section.report);
  },
  others: ["server_side_encryption"],
};

/** Calls of the community's module. https://registry.terraform.io/modules/terraform-aws-modules/dynamodb-table/aws/latest */
export const communityDialect: Dialect = {
  what: "the module",
  fields: {
    ...shared,
    ttl_enabled: "enable_ttl",
    ttl_attribute_name: "ttl_attribute",
    point_in_time_recovery_enabled: "enable_point_in_time_recovery",
    point_in_time_recovery_period_in_days: "point_in_time_recovery_days",
  },
  blocks: { on_demand_throughput: onDemandThroughput },
  attributes: "attributes",
  globalIndexes: "global_secondary_indexes",
  localIndexes: "local_secondary_indexes",
  billingMode: "PAY_PER_REQUEST",
  readEncryption: (draft, section) =>
    readEncryption(
      draft,
      section.take("server_side_encryption_enabled"),
      section.take("server_side_encryption_kms_key_arn"),
      section.report,
    ),
  others: ["server_side_encryption_enabled", "server_side_encryption_kms_key_arn"],
};

/** The community's module in a registry, on GitHub, or copied under its own name; its wrappers make many tables. */
export const isCommunitySource = (source: string): boolean =>
  !/\/\/wrappers\b/i.test(source) &&
  /terraform-aws-(?:modules\/)?dynamodb-table\b|terraform-aws-modules\/dynamodb-table\b/i.test(source);
