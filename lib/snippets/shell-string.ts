/**
 * A text as one word of a POSIX shell that means exactly that text: bare where every character is plain, else in
 * single quotes, where nothing expands.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellWord(text: string): string {
  return isPlainWord(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether a text means itself, without quotes, to any shell, to dotenv and to `docker run --env-file`. */
export function isPlainWord(text: string): boolean {
  return /^[a-zA-Z0-9_.:/@-]+$/.test(text);
}

/**
 * A JSON value for the inside of single quotes: ASCII without `'`, and without `!`, which some interactive shells
 * expand even there. Everything else is written as `\uXXXX`, so neither a locale nor an eye can be fooled. Broken over
 * lines, two spaces a level, where it does not fit `width` characters after `indent`.
 */
export function shellJson(value: unknown, width = 96, indent = ""): string {
  const flat = flatJson(value);
  if (indent.length + flat.length <= width || typeof value !== "object" || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return bracketed(
      "[]",
      value.map((entry) => shellJson(entry, width, inner)),
      indent,
    );
  }
  const fields = Object.entries(value).map(
    ([key, entry]) => `${flatJson(key)}: ${shellJson(entry, width, inner)}`,
  );
  return bracketed("{}", fields, indent);
}

function bracketed(brackets: string, entries: string[], indent: string): string {
  return `${brackets[0]}\n${indent}  ${entries.join(`,\n${indent}  `)}\n${indent}${brackets[1]}`;
}

function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return asciiJson(JSON.stringify(value));
  const fields = Object.entries(value).map(([key, entry]) => `${flatJson(key)}: ${flatJson(entry)}`);
  return `{${fields.join(", ")}}`;
}

/** By UTF-16 code units, as JSON escapes count. */
function asciiJson(json: string): string {
  return json.replace(
    /[^\x20-\x7e]|['!]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
