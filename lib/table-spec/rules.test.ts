import { describe, expect, it } from "vitest";
import { zodIssuesToErrors } from "./json-pointer.ts";
import { specRules } from "./rules.ts";
import { tableSpecSchema } from "./schema.ts";

type Case = [what: string, spec: Record<string, unknown>, faults: [path: string, id: string | undefined][]];

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const provisioned = { billing_mode: "PROVISIONED", read_capacity: 1, write_capacity: 1 };
const names = (count: number, prefix: string) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);
const globals = (count: number, fields: object = {}) =>
  Object.fromEntries(names(count, "gsi").map((name) => [name, { partition_key: `${name}-key`, ...fields }]));
const locals = (count: number, fields: object = {}) =>
  Object.fromEntries(names(count, "lsi").map((name) => [name, { sort_key: `${name}-key`, ...fields }]));
const include = (count: number) => ({
  projection_type: "INCLUDE",
  non_key_attributes: names(count, "plain"),
});
const global = (fields: object) => ({
  global_secondary_indexes: { "by-a": { partition_key: "a", ...fields } },
});
const at = "/global_secondary_indexes/by-a";

const keys: Case[] = [
  ["a name of 255 bytes", { partition_key: "x".repeat(255) }, []],
  ["a name of 256 bytes", { partition_key: "x".repeat(256) }, [["/partition_key", undefined]]],
  ["254 bytes in 127 characters", { partition_key: "é".repeat(127) }, []],
  [
    "256 bytes in 128 characters",
    { partition_key: "é".repeat(128) },
    [["/partition_key", "key-attribute-bytes"]],
  ],
  ["an empty name", { partition_key: "" }, [["/partition_key", undefined]]],
  ["an empty sort key", { sort_key: "" }, [["/sort_key", undefined]]],
  ["half a character", { partition_key: "a\ud800" }, [["/partition_key", "attribute-name"]]],
  ["a NUL", { partition_key: "a\u0000b" }, [["/partition_key", "attribute-name"]]],
  ["a line break", { sort_key: "a\nb" }, [["/sort_key", "attribute-name"]]],
  ["__proto__", { sort_key: "__proto__" }, [["/sort_key", "attribute-name"]]],
  ["the same attribute twice", { sort_key: "id" }, [["/sort_key", "sort-key-is-partition-key"]]],
  ["names that differ by case", { sort_key: "ID" }, []],
  ["time-series without sort key", { type: "time-series" }, [["/sort_key", "time-series-needs-sort-key"]]],
  ["time-series with sort key", { type: "time-series", sort_key: "at" }, []],
  ["key-value with sort key", { type: "key-value", sort_key: "at" }, []],
  ["a type for the partition key", { attribute_types: { id: "B" } }, []],
  [
    "a type for no key",
    { attribute_types: { "a/b": "S" } },
    [["/attribute_types/a~1b", "attribute-type-of-no-key"]],
  ],
  [
    "a type for a missing sort key",
    { attribute_types: { at: "N" } },
    [["/attribute_types/at", "attribute-type-of-no-key"]],
  ],
  [
    "a type for a global index's keys",
    { attribute_types: { a: "N", b: "B" }, ...global({ sort_key: "b" }) },
    [],
  ],
  [
    "a type for a local index's key",
    { sort_key: "at", attribute_types: { "lsi0-key": "N" }, local_secondary_indexes: locals(1) },
    [],
  ],
  [
    "a type for an attribute that is only projected",
    { attribute_types: { plain0: "N" }, ...global(include(1)) },
    [["/attribute_types/plain0", "attribute-type-of-no-key"]],
  ],
];

const features: Case[] = [
  ["TTL on an attribute", { enable_ttl: true, ttl_attribute: "expires" }, []],
  ["TTL on 255 characters", { enable_ttl: true, ttl_attribute: "x".repeat(255) }, []],
  [
    "TTL on 256 characters",
    { enable_ttl: true, ttl_attribute: "x".repeat(256) },
    [["/ttl_attribute", undefined]],
  ],
  ["TTL on nothing", { enable_ttl: true, ttl_attribute: "" }, [["/ttl_attribute", "ttl-needs-attribute"]]],
  ["no TTL on nothing", { ttl_attribute: "" }, []],
  [
    "TTL on a string key",
    { enable_ttl: true, ttl_attribute: "id" },
    [["/ttl_attribute", "ttl-key-is-no-number"]],
  ],
  ["TTL on a number key", { enable_ttl: true, ttl_attribute: "id", attribute_types: { id: "N" } }, []],
  ["TTL off on a string key", { ttl_attribute: "id" }, []],
  [
    "TTL on an index's string key",
    { enable_ttl: true, ttl_attribute: "a", ...global({}) },
    [["/ttl_attribute", "ttl-key-is-no-number"]],
  ],
  ["recovery of 1 day", { point_in_time_recovery_days: 1 }, []],
  ["recovery of 0 days", { point_in_time_recovery_days: 0 }, [["/point_in_time_recovery_days", undefined]]],
  ["recovery of 35 days", { point_in_time_recovery_days: 35 }, []],
  ["recovery of 36 days", { point_in_time_recovery_days: 36 }, [["/point_in_time_recovery_days", undefined]]],
  ["a key id", { kms_key_id: keyId }, []],
  ["a multi-Region key id", { kms_key_id: "mrk-1234abcd12ab34cd56ef1234567890ab" }, []],
  ["a key ARN", { kms_key_id: `arn:aws:kms:us-east-1:111111111111:key/${keyId}` }, []],
  ["a key ARN in China", { kms_key_id: `arn:aws-cn:kms:cn-north-1:111111111111:key/${keyId}` }, []],
  ["an alias", { kms_key_id: "alias/team/orders_1-a" }, []],
  ["an alias of 250 characters", { kms_key_id: `alias/${"x".repeat(250)}` }, []],
  [
    "an alias of 251 characters",
    { kms_key_id: `alias/${"x".repeat(251)}` },
    [["/kms_key_id", "kms-key-format"]],
  ],
  ["an alias ARN", { kms_key_id: "arn:aws:kms:us-east-1:111111111111:alias/orders" }, []],
  ["AWS's own alias", { kms_key_id: "alias/aws/dynamodb" }, [["/kms_key_id", "kms-key-aws-alias"]]],
  [
    "AWS's own alias as ARN",
    { kms_key_id: "arn:aws:kms:us-east-1:111111111111:alias/aws/dynamodb" },
    [["/kms_key_id", "kms-key-aws-alias"]],
  ],
  ["a bare word", { kms_key_id: "orders" }, [["/kms_key_id", "kms-key-format"]]],
  ["no text", { kms_key_id: "" }, [["/kms_key_id", "kms-key-format"]]],
  ["a key with a line break", { kms_key_id: `${keyId}\n` }, [["/kms_key_id", "kms-key-format"]]],
  [
    "an ARN of another service",
    { kms_key_id: `arn:aws:s3:us-east-1:111111111111:key/${keyId}` },
    [["/kms_key_id", "kms-key-format"]],
  ],
  [
    "an ARN with a short account",
    { kms_key_id: `arn:aws:kms:us-east-1:1111:key/${keyId}` },
    [["/kms_key_id", "kms-key-format"]],
  ],
  [
    "a customer's encryption without key",
    { encryption: "customer_managed" },
    [["/kms_key_id", "encryption-needs-key"]],
  ],
  [
    "a key with AWS-managed encryption",
    { encryption: "aws_managed", kms_key_id: keyId },
    [["/encryption", "encryption-excludes-key"]],
  ],
  [
    "a key with AWS-owned encryption",
    { encryption: "aws_owned", kms_key_id: keyId },
    [["/encryption", "encryption-excludes-key"]],
  ],
  ["an infrequent-access table", { table_class: "STANDARD_INFREQUENT_ACCESS" }, []],
];

const tags: Case[] = [
  ["a tag of the longest key and value", { tags: { ["k".repeat(128)]: "v".repeat(256) } }, []],
  ["a tag with an empty value", { tags: { team: "" } }, []],
  ["a tag of all characters", { tags: { "Équipe 名 +-=._:/": "a b+-=._:/9" } }, []],
  ["a key of 129 characters", { tags: { ["k".repeat(129)]: "" } }, [[`/tags/${"k".repeat(129)}`, "tag-key"]]],
  ["an empty key", { tags: { "": "x" } }, [["/tags/", "tag-key"]]],
  ["a value of 257 characters", { tags: { team: "v".repeat(257) } }, [["/tags/team", "tag-value"]]],
  ["a value with an at sign", { tags: { owner: "dana@example.com" } }, [["/tags/owner", "tag-value"]]],
  ["a value with a line break", { tags: { team: "a\nb" } }, [["/tags/team", "tag-value"]]],
  ["a key with a bracket", { tags: { "a<b": "x" } }, [["/tags/a<b", "tag-key"]]],
  ["a key of AWS", { tags: { "aws:x": "y" } }, [["/tags/aws:x", "tag-key"]]],
  ["a key of AWS in capitals", { tags: { "AWS:x": "y" } }, [["/tags/AWS:x", "tag-key"]]],
  ["a value with AWS's prefix", { tags: { x: "aws:y" } }, [["/tags/x", "tag-value"]]],
  ["a key that begins with aws", { tags: { "aws-team": "y" } }, []],
  ...["Name", "Purpose", "Type", "Project", "Environment", "ManagedBy", "tablewright:table-id"].map(
    (key): Case => [`the platform's tag ${key}`, { tags: { [key]: "x" } }, [[`/tags/${key}`, "tag-key"]]],
  ),
  ["a reserved key in other case", { tags: { name: "x" } }, []],
  ["43 tags", { tags: Object.fromEntries(names(43, "t").map((key) => [key, ""])) }, []],
  [
    "44 tags",
    { tags: Object.fromEntries(names(44, "t").map((key) => [key, ""])) },
    [["/tags", "too-many-tags"]],
  ],
  ["an empty purpose", { purpose: "" }, []],
  ["a purpose of 256 characters", { purpose: "x".repeat(256) }, []],
  ["a purpose of 257 characters", { purpose: "x".repeat(257) }, [["/purpose", "tag-value"]]],
  ["a purpose with an exclamation mark", { purpose: "Orders!" }, [["/purpose", "tag-value"]]],
];

const capacities: Case[] = [
  ["capacity at the lower edge", provisioned, []],
  ["capacity at the upper edge", { ...provisioned, read_capacity: 40_000, write_capacity: 40_000 }, []],
  ["capacity 0", { ...provisioned, read_capacity: 0 }, [["/read_capacity", undefined]]],
  ["capacity 40,001", { ...provisioned, write_capacity: 40_001 }, [["/write_capacity", undefined]]],
  [
    "no capacity",
    { billing_mode: "PROVISIONED" },
    [
      ["/read_capacity", "provisioned-needs-capacity"],
      ["/write_capacity", "provisioned-needs-capacity"],
    ],
  ],
  [
    "half a capacity",
    { billing_mode: "PROVISIONED", read_capacity: 1 },
    [["/write_capacity", "provisioned-needs-capacity"]],
  ],
  ["capacity on demand", { write_capacity: 1 }, [["/write_capacity", "on-demand-excludes-capacity"]]],
  [
    "an index without capacity",
    { ...provisioned, ...global({ read_capacity: 1 }) },
    [[`${at}/write_capacity`, "index-needs-capacity"]],
  ],
  ["an index with capacity", { ...provisioned, ...global({ read_capacity: 1, write_capacity: 1 }) }, []],
  [
    "an index's capacity on demand",
    global({ read_capacity: 1 }),
    [[`${at}/read_capacity`, "index-excludes-capacity"]],
  ],
  [
    "40,000 together",
    { ...provisioned, read_capacity: 39_999, ...global({ read_capacity: 1, write_capacity: 1 }) },
    [],
  ],
  [
    "40,001 together",
    { ...provisioned, write_capacity: 40_000, ...global({ read_capacity: 1, write_capacity: 1 }) },
    [["/write_capacity", "capacity-over-quota"]],
  ],
  ["a limit on demand", { max_read_request_units: 1, max_write_request_units: 1_000_000 }, []],
  ["a limit of 0", { max_read_request_units: 0 }, [["/max_read_request_units", undefined]]],
  ["a limit of -1", { max_write_request_units: -1 }, [["/max_write_request_units", undefined]]],
  [
    "limits with provisioned capacity",
    { ...provisioned, max_read_request_units: 5, max_write_request_units: 5 },
    [
      ["/max_read_request_units", "provisioned-excludes-request-units"],
      ["/max_write_request_units", "provisioned-excludes-request-units"],
    ],
  ],
];

const indexes: Case[] = [
  ["20 global indexes", { global_secondary_indexes: globals(20) }, []],
  [
    "21 global indexes",
    { global_secondary_indexes: globals(21) },
    [["/global_secondary_indexes", "too-many-global-indexes"]],
  ],
  ["5 local indexes", { sort_key: "at", local_secondary_indexes: locals(5) }, []],
  [
    "6 local indexes",
    { sort_key: "at", local_secondary_indexes: locals(6) },
    [["/local_secondary_indexes", "too-many-local-indexes"]],
  ],
  [
    "a local index of a table without sort key",
    { local_secondary_indexes: locals(1) },
    [["/local_secondary_indexes", "local-index-needs-table-sort-key"]],
  ],
  [
    "a local index sorted by the partition key",
    { sort_key: "at", local_secondary_indexes: { "by-id": { sort_key: "id" } } },
    [["/local_secondary_indexes/by-id/sort_key", "local-index-sort-key-is-partition-key"]],
  ],
  [
    "a global index with one attribute twice",
    global({ sort_key: "a" }),
    [[`${at}/sort_key`, "index-sort-key-is-partition-key"]],
  ],
  [
    "a global index over the table's keys",
    { global_secondary_indexes: { all: { partition_key: "id" } } },
    [],
  ],
  [
    "an index without partition key",
    { global_secondary_indexes: { abc: {} } },
    [["/global_secondary_indexes/abc/partition_key", undefined]],
  ],
  [
    "an index name of 3 and one of 255",
    { global_secondary_indexes: { abc: { partition_key: "a" }, ["x".repeat(255)]: { partition_key: "a" } } },
    [],
  ],
  [
    "an index name of 2",
    { global_secondary_indexes: { ab: { partition_key: "a" } } },
    [["/global_secondary_indexes/ab", "index-name"]],
  ],
  [
    "an index name of 256",
    { global_secondary_indexes: { ["x".repeat(256)]: { partition_key: "a" } } },
    [[`/global_secondary_indexes/${"x".repeat(256)}`, "index-name"]],
  ],
  [
    "an index name with a slash",
    { sort_key: "at", local_secondary_indexes: { "by/a": { sort_key: "a" } } },
    [["/local_secondary_indexes/by~1a", "index-name"]],
  ],
  [
    "a name in both maps",
    { sort_key: "at", ...global({}), local_secondary_indexes: { "by-a": { sort_key: "a" } } },
    [["/local_secondary_indexes/by-a", "index-name-twice"]],
  ],
  [
    "names that differ by case",
    { sort_key: "at", ...global({}), local_secondary_indexes: { "By-a": { sort_key: "a" } } },
    [],
  ],
  ["INCLUDE of 20", global(include(20)), []],
  ["INCLUDE of 21", global(include(21)), [[`${at}/non_key_attributes`, undefined]]],
  ["INCLUDE of none", global(include(0)), [[`${at}/non_key_attributes`, undefined]]],
  [
    "INCLUDE without a list",
    global({ projection_type: "INCLUDE" }),
    [[`${at}/non_key_attributes`, "include-needs-attributes"]],
  ],
  [
    "a list with ALL",
    global({ non_key_attributes: ["x"] }),
    [[`${at}/non_key_attributes`, "attributes-need-include"]],
  ],
  [
    "a list with KEYS_ONLY at a local index",
    {
      sort_key: "at",
      local_secondary_indexes: locals(1, { projection_type: "KEYS_ONLY", non_key_attributes: ["x"] }),
    },
    [["/local_secondary_indexes/lsi0/non_key_attributes", "attributes-need-include"]],
  ],
  [
    "an attribute listed twice",
    global({ projection_type: "INCLUDE", non_key_attributes: ["x", "y", "x"] }),
    [[`${at}/non_key_attributes/2`, "projected-twice"]],
  ],
  [
    "keys of table and index listed",
    global({ projection_type: "INCLUDE", non_key_attributes: ["x", "id", "a"] }),
    [
      [`${at}/non_key_attributes/1`, "projected-key"],
      [`${at}/non_key_attributes/2`, "projected-key"],
    ],
  ],
  [
    "another index's key listed",
    {
      global_secondary_indexes: {
        "by-a": { partition_key: "a", projection_type: "INCLUDE", non_key_attributes: ["b"] },
        "by-b": { partition_key: "b" },
      },
    },
    [],
  ],
  ["100 projected attributes", { global_secondary_indexes: globals(5, include(20)) }, []],
  [
    "101 projected attributes over both kinds of index",
    {
      sort_key: "at",
      global_secondary_indexes: globals(5, include(20)),
      local_secondary_indexes: locals(1, include(1)),
    },
    [["/global_secondary_indexes", "too-many-projected-attributes"]],
  ],
];

describe.each([
  ["keys", keys],
  ["features", features],
  ["tags", tags],
  ["capacities", capacities],
  ["indexes", indexes],
])("rules on %s", (_, cases) => {
  it.each(cases)("%s", (_what, spec, faults) => {
    const parsed = tableSpecSchema.safeParse({ partition_key: "id", ...spec });
    const errors = parsed.success ? [] : zodIssuesToErrors(parsed.error.issues);
    expect(errors.map(({ path, id }) => [path, id])).toEqual(faults);
    for (const { message } of errors) expect(message).toMatch(/\S{3}.*(?:\.|…\.?)$/s);
  });
});

it("every rule between fields is broken by a case here", () => {
  const covered = new Set(
    [keys, features, tags, capacities, indexes].flat().flatMap(([, , faults]) => faults.map(([, id]) => id)),
  );
  expect(specRules.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  expect(new Set(specRules.map(({ id }) => id)).size).toBe(specRules.length);
});
