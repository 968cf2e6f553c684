import type { Corpus } from "../corpus.fixture.ts";

const users = (field: string) => `tables.users.${field}`;
const justUsers = { tables: { users: { partition_key: "id" } }, warnings: [] };

/** Assignments, locals, variables, spellings of values, and texts that are no HCL. */
export const values: Corpus = {
  "tfvars-tables": {
    tables: {
      "user-data": { partition_key: "user_id", enable_point_in_time_recovery: true },
      events: {
        partition_key: "event_type",
        sort_key: "timestamp",
        type: "time-series",
        attribute_types: { event_type: "S", timestamp: "N" },
        enable_ttl: true,
      },
      sessions: { partition_key: "session_id", enable_ttl: true, ttl_attribute: "expires_at" },
    },
    warnings: [],
  },
  "tfvars-with-others": { ...justUsers, warnings: ["project_name", "environment", "region"] },
  "tfvars-and-default": {
    tables: { new: { partition_key: "id" } },
    warnings: ["variable.tables.default"],
  },
  "tfvars-colons-and-commas": {
    tables: { users: { partition_key: "id", sort_key: "at" }, carts: { partition_key: "id" } },
    warnings: [],
  },
  "tfvars-json-like": {
    tables: { users: { partition_key: "id", attribute_types: { id: "N" }, tags: { Team: "web" } } },
    warnings: [],
  },
  "tfvars-table-without-key": {
    tables: { users: { sort_key: "at", open: ["partition_key"] } },
    warnings: [users("partition_key")],
  },
  "tfvars-unsound": {
    tables: {
      events: { partition_key: "id", type: "time-series", attribute_types: { id: "S", at: "N" } },
      orders: { partition_key: "id", read_capacity: 5 },
    },
    warnings: ["events.sort_key", "events.attribute_types.at", "orders.read_capacity"].map(
      (path) => `tables.${path}`,
    ),
  },
  "locals-only": { ...justUsers, warnings: ["local.region"] },
  "variable-default-only": {
    tables: { users: { partition_key: "id", open: ["sort_key"] } },
    warnings: ["variable.tables.default", "variable.tables.default.users.sort_key"],
  },
  "locals-cycle": {
    tables: { users: { sort_key: "at", open: ["partition_key", "purpose"] } },
    warnings: ["partition_key", "purpose"].map(users),
  },
  "locals-explosion": {
    tables: { users: { partition_key: "id", open: ["purpose"] } },
    warnings: [users("purpose")],
  },
  "locals-paths": {
    tables: {
      users: {
        partition_key: "id",
        sort_key: "size",
        ttl_attribute: "town",
        enable_ttl: true,
        purpose: "a",
        open: ["stream_view_type", "kms_key_id", "encryption"],
      },
    },
    warnings: ["local.twice", users("stream_view_type"), users("kms_key_id")],
  },
  "comments-everywhere": {
    tables: { users: { partition_key: "id", open: ["purpose"] } },
    warnings: [users("purpose")],
  },
  heredocs: {
    tables: { users: { open: ["partition_key", "purpose", "ttl_attribute"] } },
    warnings: ["partition_key", "purpose", "ttl_attribute"].map(users),
  },
  "parentheses-and-signs": {
    tables: {
      users: {
        partition_key: "id",
        sort_key: "at",
        enable_ttl: true,
        ttl_attribute: 'a "b"',
        billing_mode: "PROVISIONED",
        read_capacity: 5,
        deletion_protection: true,
        open: ["write_capacity", "point_in_time_recovery_days"],
      },
    },
    warnings: ["write_capacity", "point_in_time_recovery_days"].map(users),
  },
  "huge-numbers": {
    tables: {
      users: {
        partition_key: "id",
        billing_mode: "PROVISIONED",
        max_write_request_units: 1000,
        open: ["read_capacity", "write_capacity", "max_read_request_units"],
      },
    },
    warnings: ["read_capacity", "write_capacity", "max_read_request_units"].map(users),
  },
  "odd-spacing": {
    tables: { users: { partition_key: "id", sort_key: "at" }, carts: { open: ["partition_key"] } },
    warnings: ["tables.carts.partition_key"],
  },
  "one-line": {
    tables: { users: { partition_key: "id", sort_key: "at", type: "time-series" } },
    warnings: [],
  },
  "unicode-names": {
    tables: {
      größe: { partition_key: "größe" },
      注文: { partition_key: "識別子", sort_key: "👍🏽" },
    },
    warnings: [],
  },
  "nesting-within-limit": {
    tables: { users: { partition_key: "id", open: ["purpose"] } },
    warnings: [users("purpose")],
  },
  crlf: { tables: { users: { partition_key: "id", sort_key: "at" } }, warnings: [] },
  "byte-order-mark": justUsers,
  "no-final-newline": justUsers,
  "labels-missing": { ...justUsers, warnings: ["resource", "module"] },
  empty: { tables: {}, warnings: [] },
  "only-comments": { tables: {}, warnings: [] },

  "broken-bracket": { refused: /line 4, column 1: missing expression/i },
  "broken-quote": { refused: /line 2, column 34: invalid multi-line string/i },
  "broken-separator": { refused: /line 2, column 34: missing attribute separator/i },
  "broken-heredoc": { refused: /line 7, column 1: unterminated template string/i },
  "broken-brace-on-next-line": { refused: /line 1, column 9: invalid expression/i },
  "duplicate-attribute": { refused: /line 3, column 3: attribute redefined/i },
  "labels-mixed": { refused: /cannot be read as Terraform: .*resource\.aws_dynamodb_table\.users/ },
  "not-hcl": { refused: /line 1, column 19: invalid block definition/i },
  "json-instead": { refused: /Write tables = before a map of tables; for JSON/ },
  "deep-nesting": { refused: /more than 100 brackets/ },
};
