import fc from "fast-check";
import { keyAttributeName } from "./field-schemas.ts";
import { projectionTypes } from "./index-schema.ts";
import { type TableSpec, type TableSpecInput, tableSpecSchema } from "./schema.ts";
import { attributeTypes, streamViewTypes, tableClasses, tablePatterns } from "./spec-fields.ts";
import { tagKeyProblem, tagValueProblem } from "./tag-schemas.ts";

const alphanumeric = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

const attributeName = keyAttributeName("name");

/** Attribute names: everyday ones, ones that clash with JavaScript's or JSON pointer's own, and odd Unicode. */
export const attributeNameArbitrary: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...alphanumeric, "_"), minLength: 1, maxLength: 20 }),
    fc.constantFrom("constructor", "toString", "hasOwnProperty", "a/b", "m~n", "é".repeat(127), 'say "hi"'),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  )
  // fast-check likes to generate "__proto__", which the schema refuses.
  .filter((name) => attributeName.safeParse(name).success);

const nameOf = (minLength: number, maxLength: number) =>
  fc
    .tuple(
      fc.constantFrom(...alphanumeric),
      fc.string({
        unit: fc.constantFrom(...alphanumeric, "_", ".", "-"),
        minLength: minLength - 1,
        maxLength: maxLength - 1,
      }),
    )
    .map((parts) => parts.join(""));

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const kmsKeys = [
  keyId,
  "mrk-1234abcd12ab34cd56ef1234567890ab",
  `arn:aws:kms:eu-west-1:111111111111:key/${keyId}`,
  "alias/orders",
  "arn:aws-us-gov:kms:us-gov-west-1:111111111111:alias/team/orders",
];

const keyCount = 6;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const capacity = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

const projection = fc.record({
  type: fc.constantFrom(...projectionTypes),
  attributes: fc.uniqueArray(fc.integer({ min: keyCount, max: 11 }), { minLength: 1, maxLength: 6 }),
});

const tagText = fc.string({
  unit: fc.constantFrom(...alphanumeric, "+", "-", "=", ".", "_", ":", "/", " ", "é", "名"),
});

/** Choices from which a valid spec follows; numbers stand for attribute names: 0 to 5 keys, 6 to 11 others. */
const choices = fc.record({
  names: fc.uniqueArray(attributeNameArbitrary, { minLength: 12, maxLength: 12 }),
  types: fc.array(maybe(fc.constantFrom(...attributeTypes)), { minLength: keyCount, maxLength: keyCount }),
  pattern: maybe(fc.constantFrom(...tablePatterns)),
  sorted: fc.boolean(),
  ttl: fc.record({ enabled: maybe(fc.boolean()), attribute: maybe(fc.nat(11)) }),
  recovery: fc.record({ enabled: maybe(fc.boolean()), days: maybe(fc.integer({ min: 1, max: 35 })) }),
  stream: fc.record({ enabled: maybe(fc.boolean()), view: maybe(fc.constantFrom(...streamViewTypes)) }),
  kmsKeyId: maybe(fc.constantFrom(...kmsKeys)),
  awsKey: maybe(fc.constantFrom("aws_managed" as const, "aws_owned" as const)),
  capacity: maybe(capacity(10_000)),
  limits: fc.tuple(maybe(fc.integer({ min: 1 })), maybe(fc.integer({ min: 1 }))),
  protection: maybe(fc.boolean()),
  tableClass: maybe(fc.constantFrom(...tableClasses)),
  purpose: maybe(tagText.filter((text) => tagValueProblem("purpose", text) === null)),
  tags: fc.dictionary(
    tagText.filter((key) => tagKeyProblem(key) === null),
    tagText.filter((value) => tagValueProblem("value", value) === null),
    { maxKeys: 5 },
  ),
  indexNames: fc.uniqueArray(nameOf(3, 20), { minLength: 10, maxLength: 10 }),
  globals: fc.array(
    fc.record({
      keys: fc.uniqueArray(fc.nat(keyCount - 1), { minLength: 1, maxLength: 2 }),
      projection,
      capacity: capacity(6_000),
    }),
    { maxLength: 5 },
  ),
  locals: fc.array(fc.record({ key: fc.integer({ min: 1, max: keyCount - 1 }), projection }), {
    maxLength: 5,
  }),
});
type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

function projectionOf({ names }: Choices, { type, attributes }: { type: string; attributes: number[] }) {
  return {
    projection_type: type as (typeof projectionTypes)[number],
    non_key_attributes: type === "INCLUDE" ? attributes.map((index) => names[index]!) : null,
  };
}

function indexesOf(chosen: Choices) {
  const { names, indexNames } = chosen;
  const provisioned = chosen.capacity !== undefined;
  const globals = chosen.globals.map(({ keys, projection, capacity: [read, write] }, position) => [
    indexNames[position]!,
    {
      partition_key: names[keys[0]!]!,
      sort_key: keys[1] === undefined ? null : names[keys[1]]!,
      ...projectionOf(chosen, projection),
      ...(provisioned && { read_capacity: read, write_capacity: write }),
    },
  ]);
  const locals = (chosen.sorted ? chosen.locals : []).map(({ key, projection }, position) => [
    indexNames[5 + position]!,
    { sort_key: names[key]!, ...projectionOf(chosen, projection) },
  ]);
  return {
    global_secondary_indexes: Object.fromEntries(globals),
    local_secondary_indexes: Object.fromEntries(locals),
  };
}

function usedKeys(chosen: Choices): number[] {
  const globals = chosen.globals.flatMap(({ keys }) => keys);
  return [...new Set([0, ...(chosen.sorted ? [1, ...chosen.locals.map(({ key }) => key)] : []), ...globals])];
}

function specOf(chosen: Choices): TableSpecInput {
  const { names, types } = chosen;
  const keys = usedKeys(chosen);
  const typed = keys.filter((index) => types[index] !== undefined);
  const ttl = chosen.ttl.attribute;
  const ttlFits = ttl !== undefined && (!keys.includes(ttl) || types[ttl] === "N");
  const onDemand = chosen.capacity === undefined;
  return {
    partition_key: names[0]!,
    sort_key: chosen.sorted ? names[1]! : null,
    attribute_types: Object.fromEntries(typed.map((index) => [names[index]!, types[index]!])),
    type: chosen.sorted ? chosen.pattern : undefined,
    billing_mode: onDemand ? undefined : "PROVISIONED",
    read_capacity: chosen.capacity?.[0],
    write_capacity: chosen.capacity?.[1],
    max_read_request_units: onDemand ? chosen.limits[0] : null,
    max_write_request_units: onDemand ? chosen.limits[1] : null,
    enable_ttl: ttlFits ? chosen.ttl.enabled : false,
    ttl_attribute: ttl === undefined ? null : names[ttl]!,
    enable_point_in_time_recovery: chosen.recovery.enabled,
    point_in_time_recovery_days: chosen.recovery.days,
    enable_stream: chosen.stream.enabled,
    stream_view_type: chosen.stream.view,
    kms_key_id: chosen.kmsKeyId,
    encryption: chosen.kmsKeyId === undefined ? chosen.awsKey : undefined,
    deletion_protection: chosen.protection,
    table_class: chosen.tableClass,
    purpose: chosen.purpose,
    tags: chosen.tags,
    ...indexesOf(chosen),
  };
}

/** Valid tables as somebody may ask for them: fields left out, null or set, all of them somewhere. */
export const specInputArbitrary: fc.Arbitrary<TableSpecInput> = choices.map(specOf);

/** Valid, complete specs. */
export const specArbitrary: fc.Arbitrary<TableSpec> = specInputArbitrary.map((spec) =>
  tableSpecSchema.parse(spec),
);

/** Keys that the default key pattern allows; short enough for any project and environment in tests. */
export const tableKeyArbitrary: fc.Arbitrary<string> = fc.oneof(
  nameOf(1, 20),
  fc.constantFrom("constructor", "toString", "events"),
);

/** The `tables` of a request: 1 to 5 complete specs by key. */
export const tablesArbitrary: fc.Arbitrary<Record<string, TableSpec>> = fc.dictionary(
  tableKeyArbitrary,
  specArbitrary,
  { minKeys: 1, maxKeys: 5, noNullPrototype: true },
);
