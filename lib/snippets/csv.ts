/** Where a spreadsheet may see a new cell begin: a line, or a separator that it prefers to the comma. */
const breaks = "\\n\\v\\f\\r\\u0085\\u2028\\u2029\\t;";
/** What spreadsheets strip or do not show: white space of any kind, invisible and control characters. */
const unseen = `(?:(?![${breaks}])[\\p{Z}\\p{C}])*`;
/** The signs that begin a formula, also in full width; a cell itself must not begin with a tab or a line break either. */
const formula = "[=+\\-@＝＋－＠]";
const unguarded = new RegExp(
  `^(?='*${unseen}(?:${formula}|[\\t\\r\\n]))|(?<=[${breaks}])(?='*${unseen}${formula})`,
  "gu",
);

/**
 * Rows as CSV (RFC 4180, lines end with CRLF). No cell starts a formula when a spreadsheet opens the file: an
 * apostrophe goes before every beginning of one, also on the lines inside a cell. To get the text back, take one
 * apostrophe from each place where a formula follows it. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvFile(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(text: string): string {
  const guarded = text.replace(unguarded, "'");
  const plain = !/^\s|[",;'\p{Cc}\u2028\u2029]|\s$/u.test(guarded);
  return plain ? guarded : `"${guarded.replaceAll('"', '""')}"`;
}
