import type { Corpus } from "../corpus.fixture.ts";

const owned = { encryption: "aws_owned" };
const users = (path: string) => `module.users.${path}`;

/** Calls of modules that others publish. */
export const communities: Corpus = {
  "community-basic": {
    tables: {
      "my-table": {
        partition_key: "id",
        attribute_types: { id: "N" },
        tags: { Terraform: "true" },
        ...owned,
      },
    },
    warnings: ["module.dynamodb_table.name", "module.dynamodb_table.tags.Environment"],
  },
  "community-full": {
    tables: {
      orders: {
        partition_key: "customer",
        sort_key: "placed_at",
        attribute_types: { customer: "S", placed_at: "N", status: "S" },
        billing_mode: "PROVISIONED",
        read_capacity: 5,
        write_capacity: 6,
        deletion_protection: true,
        enable_point_in_time_recovery: true,
        point_in_time_recovery_days: 20,
        enable_ttl: true,
        ttl_attribute: "gone_at",
        enable_stream: true,
        stream_view_type: "NEW_IMAGE",
        kms_key_id: "alias/orders",
        encryption: "customer_managed",
        global_secondary_indexes: {
          "by-status": {
            partition_key: "status",
            projection_type: "INCLUDE",
            non_key_attributes: ["id"],
            read_capacity: 1,
            write_capacity: 2,
          },
        },
        local_secondary_indexes: { "by-status-too": { sort_key: "status" } },
      },
    },
    warnings: [],
  },
  "community-unsayable": {
    tables: {
      users: {
        partition_key: "id",
        attribute_types: { id: "S" },
        max_read_request_units: 10,
        max_write_request_units: 20,
        ...owned,
      },
    },
    warnings: [
      ...["name", "autoscaling_enabled", "autoscaling_read", "replica_regions", "resource_policy"].map(users),
      ...["restore_source_name", "region", "timeouts", "wibble"].map(users),
    ],
  },
  "community-not-created": {
    tables: { carts: { partition_key: "id", ...owned } },
    warnings: ["module.users", "module.carts.create_table", "module.carts.attributes"],
  },
  "community-computed-lists": {
    tables: {
      users: { ...owned, open: ["partition_key", "attribute_types", "global_secondary_indexes", "tags"] },
    },
    warnings: ["for_each", "name", "hash_key", "attributes", "global_secondary_indexes", "tags"].map(users),
  },
  "community-locals": {
    tables: {
      users: {
        partition_key: "id",
        sort_key: "at",
        attribute_types: { id: "N", at: "S" },
        tags: { Team: "web" },
        ...owned,
      },
    },
    warnings: [users("name")],
  },
  "community-wrappers": { tables: {}, warnings: ["module.many"] },
  cloudposse: { tables: {}, warnings: ["module.dynamodb_table"] },
  "every-style-at-once": {
    tables: {
      "from-module": { partition_key: "id" },
      "from-community": { partition_key: "id", ...owned },
      "from-resource": { partition_key: "id", ...owned },
      "from-local": { partition_key: "id" },
      "from-variable": { partition_key: "id" },
      "from-tfvars": { partition_key: "id" },
    },
    warnings: ["variable.e.default", "aws_dynamodb_table.c.attribute", "module.b.attributes"],
  },
};
