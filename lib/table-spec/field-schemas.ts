import { z } from "zod";

/** What a fault looks like to zod before it has a message. */
type RawIssue = z.core.$ZodRawIssue;

function quoted(input: unknown): string {
  if (Array.isArray(input)) return input.length === 0 ? "an empty list" : `a list of ${input.length}`;
  if (typeof input === "object" && input !== null) return "an object";
  if (typeof input === "string" && input.length > 60) return `${JSON.stringify(input.slice(0, 60))}…`;
  return JSON.stringify(input) ?? String(input);
}

/** One sentence for every structural fault of a field: what it must be, and what was given instead. */
export function mustBe(field: string, what: string) {
  return (issue: RawIssue): string =>
    issue.input === undefined
      ? `${field} is required: give ${what}.`
      : `${field} must be ${what}, but is ${quoted(issue.input)}.`;
}

/** A required boolean: `true` or `false`, never a string or a number. */
export const flag = (field: string) => z.boolean({ error: mustBe(field, "true or false") });

/** A whole JSON number from `min` to `max`, both included; no upper bound without `max`. */
export function wholeNumber(field: string, min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const range =
    max === Number.MAX_SAFE_INTEGER
      ? `of at least ${min}`
      : `from ${min.toLocaleString("en-US")} to ${max.toLocaleString("en-US")}`;
  const error = mustBe(field, `a whole number ${range}`);
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** One of a closed list of words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(field: string, values: T) =>
  z.enum(values, { error: mustBe(field, `one of ${values.join(", ")}`) });

/** The schema for a field that may be left out or null, and then is `fallback`. */
export function defaulted<T extends z.ZodType>(inner: T, fallback: z.output<T>) {
  const field = z.codec(inner.nullish() as z.ZodOptional<z.ZodNullable<T>>, inner, {
    decode: (value) => (value ?? fallback) as z.input<T>,
    encode: (value) => value as z.output<T>,
  });
  return field.meta({ default: fallback });
}

/** The schema for a field that may be left out or null, and then is null. */
export function nullable<T extends z.ZodType>(inner: T) {
  return z.codec(inner.nullish() as z.ZodOptional<z.ZodNullable<T>>, inner.nullable() as z.ZodNullable<T>, {
    decode: (value) => (value ?? null) as z.input<T> | null,
    encode: (value) => value as z.output<T> | null,
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * A JSON object used as a map. `__proto__` is refused as a key (an object literal cannot carry it safely); any
 * other key, `constructor` included, survives as an own property. With `nullIsAbsent` an entry that is null is dropped.
 */
export function mapOf<V extends z.ZodType>(
  field: string,
  what: string,
  key: z.ZodType<string, string>,
  value: V,
  { nullIsAbsent = true }: { nullIsAbsent?: boolean } = {},
) {
  const error = mustBe(field, what);
  const record = z.record(key, value, { error });
  type Input = Record<string, z.input<V> | null>;
  const clean = (input: Input, context: z.core.$RefinementCtx): Input => {
    if (!isPlainObject(input)) return input;
    if (Object.hasOwn(input, "__proto__")) {
      context.addIssue({
        code: "custom",
        path: ["__proto__"],
        params: { id: "reserved-name" },
        message: `"__proto__" cannot be a name in ${field}. Choose another one.`,
        continue: true,
      });
    }
    return Object.fromEntries(
      Object.entries(input).filter(
        ([name, entry]) => name !== "__proto__" && !(nullIsAbsent && entry === null),
      ),
    ) as Input;
  };
  return z.preprocess<Input, typeof record, Input>(clean, record);
}

const controlCharacter = /\p{Cc}/u;
const utf8 = new TextEncoder();

/** Length of a text in UTF-8 bytes, the measure DynamoDB uses for the names of key attributes. */
export const utf8Length = (text: string): number => utf8.encode(text).length;

function attributeNameProblem(field: string, name: string): string | null {
  if (!name.isWellFormed()) return `${field} holds half a character (a lone surrogate). Type it again.`;
  if (controlCharacter.test(name))
    return `${field} holds a control character, such as a line break. Remove it.`;
  if (name === "__proto__") return `${field} cannot be "__proto__". Choose another name.`;
  return null;
}

/** Any attribute's name, 1 to 255 characters (the API model's `NonKeyAttributeName` and `TimeToLiveAttributeName`). */
export function attributeName(field: string, { min = 1 }: { min?: 0 | 1 } = {}) {
  const error = mustBe(field, `an attribute name of ${min} to 255 characters`);
  return z
    .string({ error })
    .min(min, { error })
    .max(255, { error })
    .superRefine((name, context) => {
      const message = attributeNameProblem(field, name);
      if (message) context.addIssue({ code: "custom", message, params: { id: "attribute-name" } });
    });
}

/**
 * The name of a key attribute: 1 to 255 bytes of UTF-8.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function keyAttributeName(field: string) {
  return attributeName(field).refine((name) => name.length > 255 || utf8Length(name) <= 255, {
    params: { id: "key-attribute-bytes" },
    error: (issue) =>
      `${field} is ${utf8Length(String(issue.input))} bytes long in UTF-8; the name of a key attribute may have 255. Shorten it.`,
  });
}
