import fc from "fast-check";
import { expect, test } from "vitest";
import { maxHclDepth, scanHcl } from "./hcl-scan.ts";

const live = "$" + "{";

test.each([
  ["an entry of a map", 'a = { b = 1, "b" = 2 }', [["a", "b"]]],
  ["a key after a line break", "a = {\n  b = 1\n  c = 2\n  b = 3\n}", [["a", "b"]]],
  ["an entry with a colon", "a = { b : 1, b : 2 }", [["a", "b"]]],
  ["an entry within blocks and lists", 'x "y" {\n  a = [1, { b = 1, b = 2 }]\n}', [["x", "y", "a", 1, "b"]]],
  ["a block beside an attribute", "x {\n  ttl = 1\n  ttl {\n  }\n}", [["x", "ttl"]]],
  ["blocks of one type", "x {\n}\nx {\n}", []],
  ["the same name in two maps", "a = { b = { c = 1 }, d = { c = 1 } }", []],
  ["a comparison", "a = { b = x == y, c = x }", []],
  ["what a comment says", "a = {\n  b = 1 # b = 2\n  /* b = 3 */ // b = 4\n}", []],
  ["what a text says", 'a = { b = "b = 1, b = 2", c = "} b = 3" }', []],
  ["what a heredoc says", "a = {\n  b = <<EOT\nb = 1\n}\nEOT\n  c = 1\n}", []],
  ["an expression with for", "a = { for b, b in c : b => { d = b } }", []],
  ["escaped templates", `a = { b = "$${live}{{{{", c = "%%{{{" }`, []],
])("names given twice: %s", (_, text, repeated) => {
  expect(scanHcl(text)).toEqual({ tooDeep: false, repeated });
});

test.each([
  ["brackets", "[", "]"],
  ["maps", "{a=", "}"],
  ["parentheses", "(", ")"],
  ["templates", `"${live}`, '}"'],
])("nesting of %s is refused beyond the limit, and only there", (_, open, close) => {
  const perLevel = open.startsWith('"') ? 2 : 1;
  const nested = (levels: number) => `a = ${open.repeat(levels)}1${close.repeat(levels)}`;
  expect(scanHcl(nested(maxHclDepth / perLevel)).tooDeep).toBe(false);
  expect(scanHcl(nested(maxHclDepth / perLevel + 1)).tooDeep).toBe(true);
});

test("closers in comments and texts do not hide nesting", () => {
  const hidden = `${'[ "]" /* ] */ # ]\n'.repeat(maxHclDepth + 1)}`;
  expect(scanHcl(`a = ${hidden}`).tooDeep).toBe(true);
});

test("any text is looked through to its end", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    live,
    "%{",
    "<<A\n",
    "A\n",
    "/*",
    "*/",
    "#",
    "\n",
    "a",
    "=",
    ",",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(fc.property(anyText, (text) => scanHcl(text).repeated.length <= text.length));
});
