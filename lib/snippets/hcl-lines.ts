import { hclString } from "./hcl-string.ts";

/** An expression that is written as it stands, such as a reference. */
type HclExpression = { expression: string };

/** A map, its entries in the order they are written. */
export type HclMap = { entries: readonly HclEntry[] };

export type HclEntry = readonly [name: string, value: HclValue];
type HclValue = string | number | boolean | readonly string[] | HclMap | HclExpression;

/** Words that mean something else than their own name at the start of a map's entry. */
const keywords = new Set(["for", "if", "in", "true", "false", "null"]);

/** Lines one level deeper. */
export const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === "" ? line : `  ${line}`));

/** The name of a map's entry: in quotes unless it is a plain identifier. */
const mapKey = (name: string) =>
  /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) && !keywords.has(name) ? name : hclString(name);

/** Longest list that stays on one line, in characters. */
const lineLength = 100;

function listLines(items: readonly string[]): string[] {
  const strings = items.map(hclString);
  const line = `[${strings.join(", ")}]`;
  return line.length <= lineLength ? [line] : ["[", ...strings.map((item) => `  ${item},`), "]"];
}

function mapLines({ entries }: HclMap): string[] {
  if (entries.length === 0) return ["{}"];
  return ["{", ...indented(hclAttributes(entries.map(([name, value]) => [mapKey(name), value]))), "}"];
}

function valueLines(value: HclValue): string[] {
  if (typeof value === "string") return [hclString(value)];
  if (typeof value !== "object") return [String(value)];
  if ("expression" in value) return [value.expression];
  return "length" in value ? listLines(value) : mapLines(value);
}

const columns = new Intl.Segmenter("en", { granularity: "grapheme" });
const width = (text: string) => [...columns.segment(text)].length;

/**
 * Attributes as lines, their names as they are given and their `=` aligned as `terraform fmt` does: within a run of
 * values of one line each, by columns of what is seen.
 */
export function hclAttributes(entries: readonly HclEntry[]): string[] {
  const written = entries.map(([name, value]) => ({ name, lines: valueLines(value) }));
  return written.flatMap(({ name, lines }, at) => {
    if (lines.length > 1) return [`${name} = ${lines[0]}`, ...lines.slice(1)];
    let [from, to] = [at, at + 1];
    while (from > 0 && written[from - 1]!.lines.length === 1) from -= 1;
    while (to < written.length && written[to]!.lines.length === 1) to += 1;
    const widest = Math.max(...written.slice(from, to).map((entry) => width(entry.name)));
    return [`${name}${" ".repeat(widest - width(name))} = ${lines[0]}`];
  });
}

/** A block around lines: `resource "a" "b" { … }`. Labels must be plain names. */
export function hclBlock(type: string, labels: readonly string[], body: readonly string[]): string[] {
  const header = [type, ...labels.map((label) => `"${label}"`)].join(" ");
  return [`${header} {`, ...indented(body), "}"];
}

/** Groups of lines with a blank line between them; empty groups are left out. */
export function hclParagraphs(groups: readonly (readonly string[])[]): string[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, at) => (at > 0 ? ["", ...group] : [...group]));
}
