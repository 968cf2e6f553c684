import { hexadecimal, showUnseen } from "./cloudformation-strings.ts";

/** A call, such as `kms.Key.fromKeyArn(this, "Key", …)`. */
export type TypeScriptCall = { call: string; args: readonly TypeScriptValue[] };

/** A name that stands for a value, such as `table.attrArn`. */
export type TypeScriptName = { name: string };

export type TypeScriptEntry = readonly [property: string, value: TypeScriptValue];

/** An object literal; with `expanded` it has a line for every entry, however short it is. */
export type TypeScriptObject = { entries: readonly TypeScriptEntry[]; expanded?: boolean };

/** An expression as it is written in TypeScript. */
export type TypeScriptValue =
  | string
  | number
  | boolean
  | readonly TypeScriptValue[]
  | TypeScriptCall
  | TypeScriptName
  | TypeScriptObject;

/** Columns of a line: the default of Prettier and of Biome. */
const lineWidth = 80;

/** East Asian wide and full-width characters: two columns each. https://www.unicode.org/reports/tr11/ */
const wide =
  /[\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/gu;

const columns = (text: string): number => [...text].length + (text.match(wide)?.length ?? 0);

const isList = (value: TypeScriptValue): value is readonly TypeScriptValue[] => Array.isArray(value);
const isObject = (value: TypeScriptValue): value is TypeScriptObject =>
  typeof value === "object" && "entries" in value && !isList(value);

/**
 * A text as a TypeScript string: in the quotes that need fewer escapes, double ones if in doubt, and with escapes for
 * what a reader would not see.
 */
export function typeScriptString(text: string): string {
  const count = (quote: string) => text.split(quote).length - 1;
  const quote = count('"') > count("'") ? "'" : '"';
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  const shown = showUnseen(escaped, (character) =>
    character.length > 1 ? `\\u{${hexadecimal(character, 1)}}` : `\\u${hexadecimal(character, 4)}`,
  );
  return quote + shown + quote;
}

const propertyName = (name: string) => (/^[a-zA-Z]+$/.test(name) ? name : typeScriptString(name));

/** Whether formatters break a value over lines even where it fits on one. */
function alwaysBreaks(value: TypeScriptValue): boolean {
  if (typeof value !== "object" || "name" in value) return false;
  if (isList(value)) {
    const records = value.every((item) => isObject(item) && item.entries.length > 1);
    return (value.length > 1 && records) || value.some(alwaysBreaks);
  }
  if (isObject(value))
    return value.expanded === true || value.entries.some(([, entry]) => alwaysBreaks(entry));
  return value.args.some(alwaysBreaks);
}

function onOneLine(value: TypeScriptValue): string {
  if (typeof value === "string") return typeScriptString(value);
  if (typeof value !== "object") return String(value);
  if ("name" in value) return value.name;
  if (isList(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (isObject(value))
    return `{ ${value.entries.map(([name, entry]) => `${propertyName(name)}: ${onOneLine(entry)}`).join(", ")} }`;
  return `${value.call}(${value.args.map(onOneLine).join(", ")})`;
}

/** A property of an object; a string that does not fit beside its name begins on a line of its own. */
function property([name, value]: TypeScriptEntry, indent: string): string {
  const start = `${indent}${propertyName(name)}:`;
  const written = typeScriptValue(value, indent, columns(start) + 1);
  const fits = typeof value !== "string" || columns(`${start} ${written},`) <= lineWidth;
  return `${start}${fits ? " " : `\n${indent}  `}${written},`;
}

/**
 * A value as Prettier and Biome would leave it in lines of 80 columns, trailing commas included. `indent` is the white
 * space of the line it begins in, `taken` the columns of that line before it; a comma follows.
 */
export function typeScriptValue(value: TypeScriptValue, indent: string, taken: number): string {
  if (typeof value !== "object" || "name" in value) return onOneLine(value);
  if (!alwaysBreaks(value) && taken + columns(onOneLine(value)) + 1 <= lineWidth) return onOneLine(value);
  const inner = `${indent}  `;
  const items = (values: readonly TypeScriptValue[]) =>
    values.map((item) => `\n${inner}${typeScriptValue(item, inner, inner.length)},`).join("");
  if (isList(value)) return `[${items(value)}\n${indent}]`;
  if (isObject(value))
    return `{${value.entries.map((entry) => `\n${property(entry, inner)}`).join("")}\n${indent}}`;
  const [only, ...more] = value.args;
  if (only !== undefined && more.length === 0 && isObject(only))
    return `${value.call}(${typeScriptValue({ ...only, expanded: true }, indent, taken)})`;
  return `${value.call}(${items(value.args)}\n${indent})`;
}
