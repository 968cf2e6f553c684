import fc from "fast-check";
import { expect, test } from "vitest";
import { csvFile } from "./csv.ts";

const dangerous = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "\r\n",
  "'",
  '"',
  ",",
  ";",
  " ",
  "\u00a0",
  "\ufeff",
  "\u200b",
  "\u2028",
  "\u0000",
  "＝",
  "a",
  "=cmd|' /C calc'!A0",
);
const cell = fc.oneof(
  fc.array(dangerous, { maxLength: 8 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const rowsArbitrary = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
  );

/** A reader of RFC 4180 that knows nothing of the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = "";
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (at >= text.length) throw new Error("a quote is not closed");
        if (text[at] === '"') at += 1;
        value += text[at];
      }
      at += 1;
    } else {
      for (; at < text.length && text[at] !== "," && text[at] !== "\r"; at += 1) {
        if (text[at] === '"' || text[at] === "\n") throw new Error("a bare quote or line break");
        value += text[at];
      }
    }
    row.push(value);
    if (text[at] === ",") {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error("a row does not end with CRLF");
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** One apostrophe less where it keeps a formula, or the cell's first line break or tab, from being one. */
const withoutGuard = (text: string): string =>
  text.replace(
    /^'(?='*(?:(?![\n\v\f\r\u0085\u2028\u2029\t;])[\p{Z}\p{C}])*[=+\-@＝＋－＠\t\r\n])|(?<=[\n\v\f\r\u0085\u2028\u2029\t;])'(?='*(?:(?![\n\v\f\r\u0085\u2028\u2029\t;])[\p{Z}\p{C}])*[=+\-@＝＋－＠])/gu,
    "",
  );

test("no cell starts a formula, on any of its lines, whatever its text", () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      for (const text of parseCsv(csvFile(rows)).flat()) {
        expect(text).not.toMatch(/^[\t\r\n]/);
        for (const part of text.split(/[\r\n\t;\v\f\u0085\u2028\u2029]/)) {
          expect(part.trim()).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("every text comes back once the guard is taken off", () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      expect(parseCsv(csvFile(rows)).map((row) => row.map(withoutGuard))).toEqual(rows);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["plain", "plain"],
  ["", ""],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["Data - all of it", "Data - all of it"],
  ["shop-dev-orders", "shop-dev-orders"],
  ["=1+1", '"\'=1+1"'],
  ["\u00a0 @SUM(A1)", '"\'\u00a0 @SUM(A1)"'],
  ["first\r\n-second", '"first\r\n\'-second"'],
  ["\tx", '"\'\tx"'],
  ["'=1", "\"''=1\""],
  ["it's", '"it\'s"'],
])("%j is written as %j", (text, written) => {
  expect(csvFile([[text, "end"]])).toBe(`${written},end\r\n`);
});
