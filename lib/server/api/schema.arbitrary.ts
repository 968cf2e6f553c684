import fc from "fast-check";
import type { JsonSchema } from "./components.ts";
import { type Json, replaced, spotsOf } from "./hostile.arbitrary.ts";

/** Values that make sense here, by the name of the property: most of what is generated should be understood. */
export type Hints = Record<string, fc.Arbitrary<Json>>;

type Schemas = Record<string, JsonSchema>;

/** Values that a schema of the document takes. `schemas` are the components its references lead to. */
export function valuesOf(schema: JsonSchema, schemas: Schemas, hints: Hints, name = ""): fc.Arbitrary<Json> {
  const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
  const any = plainValuesOf(schema, schemas, hints);
  return hint ? fc.oneof({ weight: 9, arbitrary: hint }, { weight: 1, arbitrary: any }) : any;
}

function plainValuesOf(schema: JsonSchema, schemas: Schemas, hints: Hints): fc.Arbitrary<Json> {
  if (schema.$ref) return valuesOf(schemas[schema.$ref.split("/").at(-1)!]!, schemas, hints);
  if ("const" in schema) return fc.constant(schema.const as Json);
  if (schema.enum) return fc.constantFrom(...(schema.enum as Json[]));
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => valuesOf(one as JsonSchema, schemas, hints)));
  if (Array.isArray(schema.type))
    return fc.oneof(
      ...schema.type.map((type) => valuesOf({ ...schema, type } as JsonSchema, schemas, hints)),
    );
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: schema.minimum ?? 1, max: Math.min(schema.maximum ?? 1_000, 2 ** 31 - 1) });
    case "number":
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000, noNaN: true });
    case "string":
      return texts(schema);
    case "array":
      return fc.array(valuesOf(schema.items as JsonSchema, schemas, hints), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case "object":
      return objects(schema, schemas, hints);
    default:
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  }
}

function texts({ format, minLength = 0, maxLength = 40, pattern }: JsonSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time")
    return fc
      .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
  const size = { minLength: Math.max(minLength, pattern ? 1 : 0), maxLength: Math.min(maxLength, 40) };
  const word = fc.string({ ...size, unit: fc.constantFrom(..."abcdefgh019_-.") });
  return fc.oneof(
    { weight: 3, arbitrary: word },
    { weight: 1, arbitrary: fc.string({ ...size, unit: "grapheme" }) },
  );
}

const keys = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{3,12}$/) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }) },
);

/** Few of the optional keys at a time: a table with a bit of everything is contradictory. */
function objects(schema: JsonSchema, schemas: Schemas, hints: Hints): fc.Arbitrary<Json> {
  const { properties, required = [], additionalProperties, minProperties = 0, maxProperties = 3 } = schema;
  if (!properties) {
    const entry =
      typeof additionalProperties === "object"
        ? valuesOf(additionalProperties as JsonSchema, schemas, hints)
        : fc.constant<Json>("x");
    return fc.dictionary(keys, entry, { minKeys: minProperties, maxKeys: Math.min(maxProperties, 3) });
  }
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  return fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(
          [...required, ...chosen].map((name) => [
            name,
            valuesOf(properties[name] as JsonSchema, schemas, hints, name),
          ]),
        ),
      ),
    );
}

const strangers: Json[] = [null, "", 0, -1, 1.5, 1e21, true, [], {}, ["x"], "x".repeat(300), "\u202E"];

/** Values that differ from these in one spot: another value there, a key too few or a key too many. */
export function nearly(values: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(values, fc.nat(), fc.nat(2), fc.constantFrom(...strangers))
    .map(([value, at, how, stranger]) => {
      const spots = spotsOf(value);
      const { path, value: there } = spots[at % spots.length]!;
      if (how > 0 && typeof there === "object" && there !== null && !Array.isArray(there)) {
        const [first, ...rest] = Object.entries(there);
        return replaced(
          value,
          path,
          Object.fromEntries(how === 1 || !first ? [["extra", stranger], ...rest] : rest),
        );
      }
      return replaced(value, path, stranger);
    });
}
