import type { Corpus } from "../corpus.fixture.ts";

const tables = (path: string) => (table: string) => `module.dynamodb.tables.${path}.${table}`;
const users = tables("users");
const sessions = tables("sessions");
const both = ["module.dynamodb.project_name", "module.dynamodb.environment"];

/** Calls of a module with a map of tables. */
export const modules: Corpus = {
  "module-key-value": {
    tables: {
      "user-data": {
        partition_key: "user_id",
        attribute_types: { user_id: "S" },
        enable_point_in_time_recovery: true,
      },
    },
    warnings: ["module.dynamodb.tags"],
  },
  "module-time-series": {
    tables: {
      events: {
        partition_key: "event_type",
        sort_key: "timestamp",
        type: "time-series",
        attribute_types: { event_type: "S", timestamp: "N" },
        enable_ttl: true,
        ttl_attribute: "expires_at",
        enable_stream: true,
        stream_view_type: "NEW_IMAGE",
      },
    },
    warnings: both,
  },
  "module-every-option": {
    tables: {
      orders: {
        partition_key: "customer",
        sort_key: "placed_at",
        attribute_types: { customer: "S", placed_at: "N", status: "S", total: "N" },
        type: "time-series",
        billing_mode: "PROVISIONED",
        read_capacity: 20,
        write_capacity: 10,
        enable_ttl: true,
        ttl_attribute: "gone_at",
        enable_point_in_time_recovery: true,
        point_in_time_recovery_days: 14,
        enable_stream: true,
        stream_view_type: "KEYS_ONLY",
        kms_key_id: "alias/orders",
        purpose: "Orders of the shop",
        encryption: "customer_managed",
        deletion_protection: true,
        table_class: "STANDARD_INFREQUENT_ACCESS",
        global_secondary_indexes: {
          "by-status": {
            partition_key: "status",
            sort_key: "placed_at",
            projection_type: "INCLUDE",
            non_key_attributes: ["lines", "note"],
            read_capacity: 5,
            write_capacity: 5,
          },
        },
        local_secondary_indexes: { "by-total": { sort_key: "total", projection_type: "KEYS_ONLY" } },
        tags: { CostCenter: "1234" },
      },
    },
    warnings: [],
  },
  "module-computed-everywhere": {
    tables: {
      sessions: {
        open: [
          ...["partition_key", "sort_key", "attribute_types", "billing_mode", "read_capacity", "enable_ttl"],
          ...[
            "ttl_attribute",
            "enable_point_in_time_recovery",
            "kms_key_id",
            "encryption",
            "purpose",
            "tags",
          ],
        ],
      },
    },
    warnings: [
      ...["partition_key", "sort_key", `attribute_types["\${(var.key)}"]`, "attribute_types.id"].map(
        sessions,
      ),
      ...["billing_mode", "read_capacity", "enable_ttl", "ttl_attribute"].map(sessions),
      ...["enable_point_in_time_recovery", "kms_key_id", "purpose", "tags"].map(sessions),
    ],
  },
  "module-tables-computed": { tables: {}, warnings: ["module.dynamodb.tables"] },
  "module-tables-from-variable": {
    tables: { carts: { partition_key: "cart_id" } },
    warnings: ["variable.dynamodb_tables.default", "module.dynamodb.count"],
  },
  "module-tables-from-local": {
    tables: { carts: { partition_key: "cart_id", purpose: "Carts of the shop" } },
    warnings: [],
  },
  "module-tags": {
    tables: {
      a1: { partition_key: "id", tags: { Team: "core" } },
      b2: { partition_key: "id", tags: { Team: "b" } },
    },
    warnings: [
      ...both,
      ...["", ".Environment", ".ManagedBy", ".Owner", '["bad|key"]'].map(
        (tag) => `module.dynamodb.tags${tag}`,
      ),
    ],
  },
  "module-spelling-mistakes": {
    tables: { users: { open: ["partition_key"] } },
    warnings: ["partition_key", "partition_ky", "hash_key", "enabel_stream", "colour"].map(users),
  },
  "module-wrong-values": {
    tables: {
      users: {
        partition_key: "id",
        attribute_types: { age: "N" },
        open: [
          ...["type", "billing_mode", "enable_ttl", "read_capacity", "table_class", "kms_key_id"],
          ...["encryption", "purpose", "tags"],
        ],
      },
    },
    warnings: [
      ...["attribute_types.id", "type", "billing_mode", "enable_ttl", "read_capacity"].map(users),
      ...["table_class", "kms_key_id", "purpose", "tags"].map(users),
    ],
  },
  "module-converted-values": {
    tables: {
      users: {
        partition_key: "5",
        sort_key: "true",
        billing_mode: "PROVISIONED",
        read_capacity: 7,
        write_capacity: 8,
        enable_ttl: true,
      },
    },
    warnings: [],
  },
  "module-names-from-locals": {
    tables: { users: { partition_key: "id", attribute_types: { id: "N" } } },
    warnings: [`module.dynamodb.tables["\${(var.other)}"]`],
  },
  "module-nulls": { tables: { users: { partition_key: "id" } }, warnings: [] },
  "module-blocks-instead-of-maps": { tables: {}, warnings: ["module.dynamodb.tables"] },
  "module-not-tables": {
    tables: { users: { partition_key: "id" } },
    warnings: ["module.vpc", "module.dynamodb.tables.count", "module.dynamodb.tables.text"],
  },
  "module-meta-arguments": {
    tables: { users: { partition_key: "id" } },
    warnings: ["providers", "depends_on", "extra"].map((name) => `module.dynamodb.${name}`),
  },
  "module-under-another-name": {
    tables: { users: { partition_key: "id" }, orders: { partition_key: "id", sort_key: "at" } },
    warnings: [],
  },
  "module-two-calls": {
    tables: { users: { partition_key: "id" }, "users-2": { partition_key: "uid" } },
    warnings: ["module.second.tables.users"],
  },
  "module-hostile-names": {
    tables: {
      constructor: {
        attribute_types: { constructor: "S" },
        tags: { toString: "y" },
        open: ["partition_key"],
      },
      toString: { partition_key: "hasOwnProperty" },
    },
    warnings: [
      "module.dynamodb.tables.__proto__",
      ...["partition_key", "attribute_types.__proto__", "tags.__proto__"].map(tables("constructor")),
    ],
  },
  "module-escaped-templates": {
    tables: {
      users: {
        partition_key: `\${id}`,
        sort_key: "%{at}",
        attribute_types: { "${id}": "B", "%{at}": "N" },
        ttl_attribute: `$$\${x} $ % $% {`,
      },
    },
    warnings: [],
  },
  "module-escapes-and-unicode": {
    tables: {
      users: {
        partition_key: 'say "hi" \\ é',
        sort_key: "名前 😀",
        purpose: "Größe: été",
        open: ["ttl_attribute"],
      },
    },
    warnings: [users("ttl_attribute")],
  },
  "module-duplicate-keys": {
    tables: { users: { partition_key: "second", purpose: "b" } },
    warnings: ["module.dynamodb.tables.users", "module.dynamodb.tables.users.purpose"],
  },
  "module-indexes-wrong": {
    tables: {
      users: {
        partition_key: "id",
        sort_key: "at",
        global_secondary_indexes: {
          "by-age": {},
          "by-town": { partition_key: "town", projection_type: "INCLUDE" },
        },
        local_secondary_indexes: { "by-size": { sort_key: "size" } },
      },
    },
    warnings: [
      ...['["by email"]', '["by-age"].partition_key', '["by-age"].projection_type', '["by-age"].colour'].map(
        (path) => users(`global_secondary_indexes${path}`),
      ),
      ...['["by-name"]', '["by-town"].non_key_attributes'].map((path) =>
        users(`global_secondary_indexes${path}`),
      ),
      users('local_secondary_indexes["by-size"].partition_key'),
    ],
  },
};
