import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { zodIssuesToErrors } from "./json-pointer.ts";
import { tableSpecSchema, tablesSchema } from "./schema.ts";
import { specArbitrary, specInputArbitrary, tablesArbitrary } from "./spec.arbitrary.ts";
import { tableSpecFields } from "./spec-fields.ts";

const errorsOf = (schema: z.ZodType, value: unknown) => {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : zodIssuesToErrors(parsed.error.issues);
};

const everyDefault = {
  partition_key: "id",
  sort_key: null,
  attribute_types: {},
  type: "key-value",
  billing_mode: "PAY_PER_REQUEST",
  enable_ttl: false,
  ttl_attribute: "ttl",
  enable_point_in_time_recovery: false,
  enable_stream: false,
  stream_view_type: "NEW_AND_OLD_IMAGES",
  kms_key_id: null,
  purpose: "Application Data Storage",
  encryption: "aws_managed",
  read_capacity: null,
  write_capacity: null,
  max_read_request_units: null,
  max_write_request_units: null,
  point_in_time_recovery_days: 35,
  deletion_protection: false,
  table_class: "STANDARD",
  global_secondary_indexes: {},
  local_secondary_indexes: {},
  tags: {},
};

describe("a table's spec", () => {
  it("needs only a partition key, and comes back complete", () => {
    expect(tableSpecSchema.parse({ partition_key: "id" })).toStrictEqual(everyDefault);
  });

  it("takes null for every other option as the default", () => {
    const nulls = Object.fromEntries(Object.keys(everyDefault).map((field) => [field, null]));
    expect(tableSpecSchema.parse({ ...nulls, partition_key: "id" })).toStrictEqual(everyDefault);
  });

  it("completes indexes too", () => {
    const spec = tableSpecSchema.parse({
      partition_key: "id",
      sort_key: "at",
      global_secondary_indexes: { "by-mail": { partition_key: "mail", sort_key: null }, gone: null },
      local_secondary_indexes: { "by-size": { sort_key: "size", projection_type: null } },
    });
    expect(spec.global_secondary_indexes).toStrictEqual({
      "by-mail": {
        partition_key: "mail",
        sort_key: null,
        projection_type: "ALL",
        non_key_attributes: null,
        read_capacity: null,
        write_capacity: null,
      },
    });
    expect(spec.local_secondary_indexes).toStrictEqual({
      "by-size": { sort_key: "size", projection_type: "ALL", non_key_attributes: null },
    });
  });

  it.each([
    [{}, "aws_managed"],
    [{ encryption: "aws_managed" }, "aws_managed"],
    [{ encryption: "aws_owned" }, "aws_owned"],
    [{ kms_key_id: "alias/orders" }, "customer_managed"],
    [{ kms_key_id: "alias/orders", encryption: "customer_managed" }, "customer_managed"],
  ])("derives the encryption of %j: %s", (fields, encryption) => {
    expect(tableSpecSchema.parse({ partition_key: "id", ...fields }).encryption).toBe(encryption);
  });

  it("names an unknown option, at the table and at its indexes", () => {
    const errors = errorsOf(tableSpecSchema, {
      partition_key: "id",
      hash_key: "id",
      global_secondary_indexes: { "by-a": { partition_key: "a", warm_throughput: 1 } },
    });
    expect(errors.map(({ path, id }) => [path, id])).toEqual([
      ["/global_secondary_indexes/by-a/warm_throughput", "unknown-key"],
      ["/hash_key", "unknown-key"],
    ]);
    expect(errors[1]?.message).toContain('"hash_key"');
  });

  it.each([
    ["enable_ttl", "true"],
    ["enable_stream", 1],
    ["deletion_protection", "false"],
    ["read_capacity", "5"],
    ["point_in_time_recovery_days", 1.5],
    ["point_in_time_recovery_days", true],
    ["sort_key", 5],
    ["type", "timeseries"],
    ["billing_mode", "pay_per_request"],
    ["tags", []],
    ["tags", { a: 5 }],
    ["attribute_types", { id: "SS" }],
    ["global_secondary_indexes", [{ partition_key: "a" }]],
    ["local_secondary_indexes", { abc: "a" }],
  ])("does not convert: %s = %j is a fault there", (field, value) => {
    const errors = errorsOf(tableSpecSchema, { partition_key: "id", [field]: value });
    expect(errors.length).toBeGreaterThan(0);
    for (const { path, message } of errors) {
      expect(path.startsWith(`/${field}`)).toBe(true);
      expect(message).toMatch(/ but is /);
    }
  });

  it("reports rules between sound fields even when other fields are at fault", () => {
    const errors = errorsOf(tableSpecSchema, {
      partition_key: "id",
      sort_key: "id",
      enable_ttl: "yes",
      nope: 1,
    });
    expect(errors.map(({ path }) => path).sort()).toEqual(["/enable_ttl", "/nope", "/sort_key"]);
  });

  it.each([null, 5, "x", [], true])("refuses %j as a whole with one fault", (value) => {
    expect(errorsOf(tableSpecSchema, value).map(({ path }) => path)).toEqual([""]);
  });

  it("lets a step of a form pick its fields", () => {
    const step = tableSpecFields.pick({ partition_key: true, sort_key: true });
    expect(step.parse({ partition_key: "id" })).toStrictEqual({ partition_key: "id", sort_key: null });
  });

  it.each(["input", "output"] as const)("can be written down as JSON Schema (%s)", (io) => {
    const schema = z.toJSONSchema(tableSpecSchema, { io });
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(everyDefault));
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(io === "input" ? ["partition_key"] : Object.keys(everyDefault));
  });
});

describe("a request's tables", () => {
  it.each([
    [0, ["table-count"]],
    [1, []],
    [100, []],
    [101, ["table-count"]],
  ])("may be 1 to 100: %i", (count, ids) => {
    const tables = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`t${at}`, { partition_key: "id" }]),
    );
    expect(errorsOf(tablesSchema, tables).map(({ path, id }) => [path, id])).toEqual(
      ids.map((id) => ["", id]),
    );
  });

  it("cannot be null one by one", () => {
    expect(errorsOf(tablesSchema, { events: null }).map(({ path }) => path)).toEqual(["/events"]);
  });

  it.each(["constructor", "toString", "hasOwnProperty", "valueOf"])("may be called %s", (key) => {
    const parsed = tablesSchema.parse({ [key]: { partition_key: key, tags: { [key]: "x" } } });
    expect(Object.hasOwn(parsed, key)).toBe(true);
    expect(Object.hasOwn(parsed[key]!.tags, key)).toBe(true);
  });

  it("never let __proto__ in, nor through to a prototype", () => {
    const hostile = (json: string) => errorsOf(tablesSchema, JSON.parse(json)).map(({ path }) => path);
    expect(hostile('{"__proto__":{"partition_key":"a"},"ok":{"partition_key":"a"}}')).toEqual(["/__proto__"]);
    expect(hostile('{"ok":{"partition_key":"a","__proto__":{"enable_ttl":true}}}')).toEqual([
      "/ok/__proto__",
    ]);
    expect(hostile('{"ok":{"partition_key":"a","tags":{"__proto__":"x"}}}')).toEqual(["/ok/tags/__proto__"]);
    expect(hostile('{"ok":{"partition_key":"__proto__"}}')).toEqual(["/ok/partition_key"]);
    expect(({} as Record<string, unknown>).enable_ttl).toBeUndefined();
  });

  it.each(["", "a\nb", "x".repeat(256), "\ud800"])("refuse the key %j", (key) => {
    expect(errorsOf(tablesSchema, { [key]: { partition_key: "id" } }).map(({ id }) => id)).toEqual([
      "table-key",
    ]);
  });
});

describe("any input", () => {
  it("that is valid is accepted, and comes back unchanged when parsed again", () => {
    fc.assert(
      fc.property(specInputArbitrary, (input) => {
        const spec = tableSpecSchema.parse(input);
        expect(tableSpecSchema.parse(spec)).toStrictEqual(spec);
        expect(tableSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toStrictEqual(spec);
      }),
    );
  });

  it("of several tables comes back unchanged when parsed again", () => {
    fc.assert(
      fc.property(tablesArbitrary, (tables) => {
        // toStrictEqual would compare a table called "constructor" as if it were the constructor.
        expect(isDeepStrictEqual(tablesSchema.parse(tables), tables)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("of JSON gives an answer, never an exception", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const schema of [tableSpecSchema, tablesSchema]) errorsOf(schema, value);
      }),
    );
  });

  it("with one field replaced is accepted, or refused with messages and no exception", () => {
    const field = fc.constantFrom(...Object.keys(everyDefault));
    const scalar = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string({ unit: "binary" }),
      fc.constant(null),
      fc.boolean(),
    );
    const value = fc.oneof(scalar, fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(specArbitrary, field, value, (spec, name, replacement) => {
        for (const error of errorsOf(tableSpecSchema, { ...spec, [name]: replacement })) {
          expect(error.message.length).toBeGreaterThan(10);
          expect(error.message).not.toMatch(/^Invalid/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
