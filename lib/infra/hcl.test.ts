import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parseHcl } from "./hcl.ts";

test("blocks become lists, and literal text keeps its escaped templates", async () => {
  const text = `module "a" {\n  x = "$\${y}"\n}\nb = var.c\nd = -1\n`;
  const value = { module: { a: [{ x: `$\${y}` }] }, b: `\${var.c}`, d: -1 };
  expect(await parseHcl(text)).toEqual({ kind: "parsed", value });
});

test("__proto__ is a key like any other and changes no object", async () => {
  const parsed = await parseHcl("a = { __proto__ = { polluted = true } }");
  expect(JSON.stringify(parsed)).toBe('{"kind":"parsed","value":{"a":{"__proto__":{"polluted":true}}}}');
  expect({}).not.toHaveProperty("polluted");
});

test("faults come with line and column, whatever the text says", async () => {
  const answer = await parseHcl('a = 1\nb = "x\u0001:1,2-3: y" z\n');
  expect(answer).toEqual({
    kind: "faulty",
    faults: [
      {
        line: 2,
        column: 19,
        reason: "Missing newline after argument; An argument definition must end with a newline.",
      },
    ],
  });
});

test.each([
  ["brackets", `a = ${"[".repeat(100_000)}`],
  ["blocks", "a {\n".repeat(50_000)],
  ["signs", `a = ${"!".repeat(300_000)}true`],
  ["choices", `a = ${"x ? y : ".repeat(60_000)}true`],
  ["templates", `a = "${"%{if x}".repeat(30_000)}"`],
])("a text of %s that the parser cannot bear harms nothing", async (_, text) => {
  await parseHcl(text, { limitSeconds: 1 });
  expect(await parseHcl("a = 1")).toEqual({ kind: "parsed", value: { a: 1 } });
});

test("a text that takes too long is given up, and the next is read", async () => {
  const long = "a = { b = 1 }\n".repeat(100_000);
  expect(await parseHcl(long, { limitSeconds: 0.01 })).toEqual({ kind: "heavy" });
  expect(await parseHcl("a = 1")).toMatchObject({ kind: "parsed" });
});

test("a few texts wait for their turn, more are turned away", async () => {
  const results = await Promise.all(Array.from({ length: 10 }, () => parseHcl("a = 1")));
  const kinds = Map.groupBy(results, ({ kind }) => kind);
  expect(kinds.get("parsed")?.length).toBe(4);
  expect(kinds.get("busy")?.length).toBe(6);
});

test("the parser's thread does not keep a process", async () => {
  const script = `import { parseHcl } from "#lib/infra/hcl.ts"; console.log((await parseHcl("a = 1")).kind);`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    timeout: 25_000,
  });
  expect((await run).stdout).toBe("parsed\n");
});
