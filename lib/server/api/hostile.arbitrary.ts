import fc from "fast-check";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = (string | number)[];
type Spot = { path: Path; value: Json };

/** Objects whose keys are names somebody chose; in all others the keys are fixed. */
const maps = new Set([
  "tables",
  "tags",
  "attribute_types",
  "global_secondary_indexes",
  "local_secondary_indexes",
  "usage",
]);

/** Stands for text that no JSON value of JavaScript can hold; `toRaw` puts it in. */
const rawMark = "@@raw:";
const raw = (text: string) => `${rawMark}${text}@@`;
const toRaw = (value: Json) => JSON.stringify(value).replace(/"@@raw:(.*?)@@"/g, "$1");

export function spotsOf(value: Json, path: Path = []): Spot[] {
  const here = { path, value };
  if (typeof value !== "object" || value === null) return [here];
  const children = Object.entries(value) as [string, Json][];
  return [here, ...children.flatMap(([key, child]) => spotsOf(child, [...path, key]))];
}

export function replaced(root: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = structuredClone(root) as Record<string | number, Json>;
  copy[step] = replaced(copy[step]!, rest, value);
  return copy as Json;
}

/** The object with one key more, as an own property even where the name is `__proto__`. */
function extended(object: Json, key: string, value: Json): Json {
  return Object.fromEntries([...Object.entries(object as object), [key, value]]);
}

const isObject = (value: Json) => typeof value === "object" && value !== null && !Array.isArray(value);
const isMap = ({ path }: Spot) => maps.has(String(path.at(-1)));

const deep = fc.constantFrom(50, 5_000, 200_000).map((depth) => raw("[".repeat(depth) + "]".repeat(depth)));
const infinite = fc.constantFrom("1e999", "-1e999").map(raw);

/** Values of another type than this one, and of its type beyond every limit. */
function wrongType(value: Json): fc.Arbitrary<Json> {
  if (typeof value === "string") return fc.oneof(fc.constantFrom<Json[]>(0, 1.5, true, {}, [], ["x"]), deep);
  if (typeof value === "number")
    return fc.oneof(
      fc.constantFrom<Json[]>(-1, -1e300, 1e300, "1", "", "NaN", true, {}, [1]),
      infinite,
      deep,
    );
  if (typeof value === "boolean") return fc.oneof(fc.constantFrom<Json[]>(0, 1, "true", "", {}, []), deep);
  if (Array.isArray(value)) return fc.oneof(fc.constantFrom<Json[]>("x", 7, true, {}, [7]), deep);
  return fc.oneof(fc.constantFrom<Json[]>([], "x", 7, true, [[]]), deep);
}

const unstorable = fc.constantFrom("\0", "a\0b", "\ud800", "x\udfff");
const huge = fc.constantFrom(2_100, 20_000, 400_000, 1_100_000).map((length) => "x".repeat(length));
const hostileText = fc.oneof({ weight: 3, arbitrary: unstorable }, { weight: 1, arbitrary: huge });
const inheritedNames = ["constructor", "toString", "hasOwnProperty", "valueOf", "id", "state", "0", ""];
/** Refused as a key everywhere, also where people choose names. */
const hostileKey = fc.oneof(hostileText, fc.constantFrom("__proto__", "\u202Efdp", "a\u200Bb", "💥 ", "\n"));

const pick = (spots: Spot[]) => fc.constantFrom(...spots);

/** The same body with a key of one of its objects given twice. */
function doubled(root: Json, path: Path): string {
  const write = (value: Json, at: Path): string => {
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((child, index) => write(child, [...at, index])).join()}]`;
    const fields = Object.entries(value).map(
      ([key, child]) => `${JSON.stringify(key)}:${write(child, [...at, key])}`,
    );
    return `{${(at.join("\n") === path.join("\n") ? [...fields, fields[0]] : fields).join()}}`;
  };
  return write(root, []);
}

function mutations(valid: Json): fc.Arbitrary<string>[] {
  const spots = spotsOf(valid);
  const texts = spots.filter(({ value }) => typeof value === "string");
  const objects = spots.filter(({ value }) => isObject(value));
  const fixed = objects.filter((spot) => !isMap(spot));
  const filled = objects.filter(({ value }) => Object.keys(value as object).length > 0);
  const added = (among: Spot[], keys: fc.Arbitrary<string>) =>
    fc
      .tuple(pick(among), keys, fc.constantFrom<Json[]>(1, "x", {}))
      .map(([{ path, value }, key, child]) => toRaw(replaced(valid, path, extended(value, key, child))));
  const whole = JSON.stringify(valid);
  return [
    pick(spots).chain(({ path, value }) =>
      wrongType(value).map((wrong) => toRaw(replaced(valid, path, wrong))),
    ),
    added(fixed, fc.constantFrom(...inheritedNames, "Version", "tablewright")),
    added(objects, hostileKey),
    ...(texts.length > 0
      ? [
          fc
            .tuple(pick(texts), hostileText)
            .map(([{ path, value }, text]) => toRaw(replaced(valid, path, `${value}${text}`))),
        ]
      : []),
    pick(filled).map(({ path }) => doubled(valid, path)),
    fc.nat(whole.length - 1).map((length) => whole.slice(0, length)),
    fc.constantFrom(
      `${whole}x`,
      `\0${whole}`,
      "NaN",
      "undefined",
      whole.replaceAll('"', "'"),
      `${whole}${whole}`,
    ),
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  ];
}

/** Raw bodies that resemble this valid one and must be refused. `valid` has only numbers of 0 or more. */
export function hostileBodies(valid: object): fc.Arbitrary<string> {
  return fc.oneof(...mutations(valid as Json));
}

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "%",
    "\\",
    "'; drop table request; --",
    "\u202E",
    "\0",
    "null",
    "-1",
    "1e9",
    "{}",
    "x".repeat(9_000),
  ),
);

/** Query strings as nobody would write them; lone `%` and the like included. */
export function hostileQueries(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(fc.constantFrom(...names), fc.constantFrom("__proto__", "constructor", ""), oddText);
  const pair = fc
    .tuple(name, oddText)
    .map(
      ([key, value]) =>
        `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`,
    );
  const broken = fc.constantFrom("%", "%zz=%", "limit=%ff", "=", "&&", "limit[]=1", "q=a+b%20c");
  return fc
    .array(fc.oneof({ weight: 4, arbitrary: pair }, { weight: 1, arbitrary: broken }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join("&"));
}

/** What may stand where an address has a parameter. */
export const hostileSegments: fc.Arbitrary<string> = fc.oneof(
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    "..%2f..",
    "..%252f..",
    "%252e%252e",
    "%2e%2e",
    "%",
    "%zz",
    "00000000-0000-0000-0000-000000000000",
    "{id}",
    "iam-policy",
  ),
);

/** Header values that `fetch` lets through. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    authorization: fc.oneof(latin(), fc.constantFrom("Bearer", "Bearer null", "bearer twt_", "Bearer a b")),
    "content-type": fc.oneof(latin(), fc.constantFrom("application/json;", "application/jsonp", "*/*")),
    "content-length": fc.constantFrom("-1", "NaN", "1e999", "99999999999999999999"),
    "idempotency-key": fc.oneof(latin(), fc.constant("x".repeat(300))),
    accept: latin(),
    host: latin(),
    "x-forwarded-host": latin(),
  },
  { requiredKeys: [] },
);

function latin(): fc.Arbitrary<string> {
  const character = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f);
  return fc.string({ unit: character.map((code) => String.fromCharCode(code)), maxLength: 40 });
}
