import type { Corpus } from "../corpus.fixture.ts";

const users = (path: string) => `aws_dynamodb_table.users.${path}`;
const owned = { encryption: "aws_owned" };
const plainUsers = { users: { partition_key: "id", ...owned } };
const typedUsers = { users: { partition_key: "id", attribute_types: { id: "S" }, ...owned } };

/** Resources `aws_dynamodb_table`. */
export const resources: Corpus = {
  "resource-minimal": {
    tables: { users: { partition_key: "user_id", attribute_types: { user_id: "S" }, ...owned } },
    warnings: [],
  },
  "resource-registry-example": {
    tables: {
      GameScores: {
        partition_key: "UserId",
        sort_key: "GameTitle",
        attribute_types: { UserId: "S", GameTitle: "S", TopScore: "N" },
        billing_mode: "PROVISIONED",
        read_capacity: 20,
        write_capacity: 20,
        enable_ttl: true,
        ttl_attribute: "TimeToExist",
        global_secondary_indexes: {
          GameTitleIndex: {
            partition_key: "GameTitle",
            sort_key: "TopScore",
            projection_type: "INCLUDE",
            non_key_attributes: ["UserName"],
            read_capacity: 10,
            write_capacity: 10,
          },
        },
        ...owned,
      },
    },
    warnings: ["name", "tags.Environment", "tags.Name"].map(
      (name) => `aws_dynamodb_table.basic-dynamodb-table.${name}`,
    ),
  },
  "resource-everything": {
    tables: {
      orders: {
        partition_key: "customer",
        sort_key: "placed_at",
        attribute_types: { customer: "B", placed_at: "N", total: "N" },
        type: "time-series",
        enable_stream: true,
        stream_view_type: "OLD_IMAGE",
        table_class: "STANDARD_INFREQUENT_ACCESS",
        deletion_protection: true,
        enable_ttl: true,
        ttl_attribute: "gone_at",
        enable_point_in_time_recovery: true,
        point_in_time_recovery_days: 7,
        kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        encryption: "customer_managed",
        max_read_request_units: 100,
        local_secondary_indexes: { "by-total": { sort_key: "total", projection_type: "KEYS_ONLY" } },
        purpose: "Orders",
        tags: { Team: "web" },
      },
    },
    warnings: ["aws_dynamodb_table.orders.tags.ManagedBy"],
  },
  "resource-provisioned-by-default": {
    tables: { users: { ...typedUsers.users, billing_mode: "PROVISIONED" } },
    warnings: ["name", "read_capacity", "write_capacity"].map(users),
  },
  "resource-computed-name": {
    tables: { audit_log: { ...typedUsers.users, open: ["billing_mode"] } },
    warnings: ["name", "billing_mode"].map((name) => `aws_dynamodb_table.audit_log.${name}`),
  },
  "resource-count-and-lifecycle": {
    tables: typedUsers,
    warnings: ["name", "count", "provider", "depends_on", "timeouts", "lifecycle"].map(users),
  },
  "resource-for-each": {
    tables: { all: { ...owned, open: ["partition_key"] } },
    warnings: ["name", "hash_key", "attribute", "for_each"].map((name) => `aws_dynamodb_table.all.${name}`),
  },
  "resource-encryption-dynamic": {
    tables: {
      orders: { partition_key: "id", attribute_types: { id: "S" }, open: ["encryption", "kms_key_id"] },
    },
    warnings: ["aws_dynamodb_table.orders.name", "aws_dynamodb_table.orders.dynamic.server_side_encryption"],
  },
  "resource-dynamic": {
    tables: {
      users: { ...typedUsers.users, open: ["enable_ttl", "ttl_attribute", "global_secondary_indexes"] },
    },
    warnings: ["name", "dynamic.attribute", "dynamic.ttl", "dynamic.global_secondary_index"].map(users),
  },
  "resource-replicas": {
    tables: { users: { ...typedUsers.users, enable_stream: true } },
    warnings: ["name", "replica"].map(users),
  },
  "resource-restore": {
    tables: typedUsers,
    warnings: [
      "name",
      "restore_source_name",
      "restore_to_latest_time",
      "import_table",
      "warm_throughput",
    ].map(users),
  },
  "resource-autoscaling": {
    tables: {
      users: { ...typedUsers.users, billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5 },
    },
    warnings: [
      users("name"),
      ...[
        "aws_appautoscaling_target.read",
        "aws_appautoscaling_policy.read",
        "aws_appautoscaling_target.web",
      ],
    ],
  },
  "resource-encryption-variants": {
    tables: {
      managed: { partition_key: "id" },
      owned: { partition_key: "id", ...owned },
      customer: { partition_key: "id", encryption: "customer_managed", open: ["kms_key_id"] },
      unknown: { partition_key: "id", open: ["encryption"] },
    },
    warnings: [
      ...["managed", "owned", "customer", "unknown"].flatMap((one) => [`${one}.name`, `${one}.attribute`]),
      ...["owned.server_side_encryption.kms_key_arn", "customer.server_side_encryption.kms_key_arn"],
      "unknown.server_side_encryption.enabled",
    ].map((path) => `aws_dynamodb_table.${path}`),
  },
  "resource-key-schema": {
    tables: {
      users: {
        ...plainUsers.users,
        global_secondary_indexes: {
          "by-town": { partition_key: "town", sort_key: "age" },
          "by-two": { partition_key: "one" },
        },
      },
    },
    warnings: ["name", "global_secondary_index[1].key_schema[1]"].map(users),
  },
  "resource-attribute-not-a-key": {
    tables: typedUsers,
    warnings: ["name", "attribute[1]", "attribute[2]"].map(users),
  },
  "resource-same-name-twice": {
    tables: { ...plainUsers, "users-2": { partition_key: "uid", ...owned } },
    warnings: ["one.name", "one.attribute", "two.name", "two.attribute", "two"].map(
      (path) => `aws_dynamodb_table.${path}`,
    ),
  },
  "resource-tag-types": {
    tables: { users: { ...plainUsers.users, tags: { Cost: "1234" }, open: ["type", "purpose"] } },
    warnings: [
      ...["attribute", "tags.Type", "tags.Purpose", 'tags["aws:thing"]', 'tags["tablewright:table-id"]'].map(
        users,
      ),
      ...['tags["Odd|Key"]', `tags["\${(var.team)}"]`].map(users),
    ],
  },
  "resource-tags-computed": {
    tables: { users: { ...plainUsers.users, open: ["tags"] } },
    warnings: ["name", "attribute", "tags"].map(users),
  },
  "resource-typos": {
    tables: { users: { ...owned, enable_ttl: true, open: ["partition_key", "ttl_attribute"] } },
    warnings: ["name", "hashkey", "ttl.attribute", "ttl.attribute_name", "stream"].map(users),
  },
  "resource-quoteless-labels": { tables: plainUsers, warnings: ["name", "attribute"].map(users) },
  "resource-hostile-label": {
    tables: { table: { partition_key: "constructor", attribute_types: { constructor: "N" }, ...owned } },
    warnings: [],
  },
  "resource-beside-others": {
    tables: plainUsers,
    warnings: [
      ...["terraform", "provider.aws", "data.aws_caller_identity.current", users("name"), users("attribute")],
      ...["aws_dynamodb_table_item.first", "aws_s3_bucket.files", "output.arn", "import"],
    ],
  },
  "resource-attribute-beside-block": {
    tables: { users: { ...plainUsers.users, enable_ttl: true, ttl_attribute: "first" } },
    warnings: ["name", "attribute", "ttl"].map(users),
  },
  "resource-on-demand-capacity": {
    tables: {
      orders: {
        partition_key: "id",
        attribute_types: { id: "S", town: "S" },
        global_secondary_indexes: { "by-town": { partition_key: "town" } },
        ...owned,
      },
    },
    warnings: ["", "global_secondary_index."].flatMap((index) => [
      `aws_dynamodb_table.orders.${index}read_capacity`,
      `aws_dynamodb_table.orders.${index}write_capacity`,
    ]),
  },
  "resource-detail-missing": {
    tables: {
      orders: {
        ...typedUsers.users,
        enable_ttl: true,
        enable_stream: true,
        open: ["ttl_attribute", "stream_view_type"],
      },
      off: { ...typedUsers.users, ttl_attribute: "gone_at" },
    },
    warnings: ["ttl.attribute_name", "stream_view_type"].map((path) => `aws_dynamodb_table.orders.${path}`),
  },
  "resource-counts": {
    tables: { one: plainUsers.users, two: plainUsers.users },
    warnings: [
      ...["none", "one.attribute", "two.attribute", "two.count"].map((path) => `aws_dynamodb_table.${path}`),
      "module.none",
    ],
  },
  "resource-tables-each": {
    tables: {
      this: { ...owned, open: ["partition_key"] },
      users: { partition_key: "id" },
      events: { partition_key: "id", sort_key: "at" },
    },
    warnings: ["for_each", "name", "hash_key", "attribute"].map((path) => `aws_dynamodb_table.this.${path}`),
  },
  "resource-unsound": {
    tables: {
      orders: {
        partition_key: "id",
        attribute_types: { id: "S", total: "N" },
        billing_mode: "PROVISIONED",
        read_capacity: 5,
        max_read_request_units: 10,
        local_secondary_indexes: { "by-total": { sort_key: "total" } },
        ...owned,
      },
    },
    warnings: [
      ...["write_capacity", "on_demand_throughput.max_read_request_units", "local_secondary_index"].map(
        (path) => `aws_dynamodb_table.orders.${path}`,
      ),
    ],
  },
  "resource-key-without-type": {
    tables: {
      orders: { partition_key: "id", sort_key: "at", attribute_types: { at: "N" }, ...owned },
    },
    warnings: ["aws_dynamodb_table.orders.attribute", "aws_dynamodb_global_secondary_index.by_total"],
  },
  "resource-attribute-type-computed": {
    tables: {
      orders: { partition_key: "id", sort_key: "at", attribute_types: { id: "S" }, ...owned },
    },
    warnings: ["aws_dynamodb_table.orders.attribute[1]"],
  },
  "heredoc-purpose": {
    tables: { users: { ...plainUsers.users, open: ["tags"] } },
    warnings: ["name", "attribute", "tags.Description", "tags.Live"].map(users),
  },
};
