import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { expectations, member, texts } from "#lib/terraform-import/corpus.fixture.ts";
import { outlineOf } from "#lib/terraform-import/outline.fixture.ts";
import { importTerraform, maxHclBytes } from "./import-terraform.ts";

const refusal = (hcl: string) =>
  importTerraform(member, { hcl }).then(
    () => expect.unreachable("it was imported"),
    (error: AppError) => error,
  );

describe("each text of the corpus arrives or is reported", () => {
  test("every text has an expectation, and every expectation a text", () => {
    expect([...expectations.keys()].sort()).toEqual([...texts.keys()]);
    expect(texts.size).toBeGreaterThanOrEqual(60);
  });

  test.each([...texts])("%s", async (name, hcl) => {
    const expected = expectations.get(name);
    if (!expected) return expect.unreachable("no expectation");
    const nothing =
      !("refused" in expected) && Object.keys(expected.tables).length + expected.warnings.length === 0;
    if ("refused" in expected || nothing) {
      const error = await refusal(hcl);
      expect(error).toBeInstanceOf(AppError);
      expect(error.code).toBe("INVALID");
      expect(error.errors.every(({ path }) => path === "/hcl")).toBe(true);
      expect(error.message).toMatch("refused" in expected ? expected.refused : /Looked for: a map tables/);
      return;
    }
    const { tables, warnings } = await importTerraform(member, { hcl });
    const outlines = Object.entries(tables).map(([key, table]) => [key, outlineOf(table)]);
    const open = (table: Record<string, unknown>) => (table.open as string[] | undefined)?.toSorted();
    const sorted = (entries: [string, Record<string, unknown>][]) =>
      new Map(entries.map(([key, table]) => [key, { ...table, open: open(table) }]));
    expect(sorted(outlines as [string, Record<string, unknown>][])).toEqual(
      sorted(Object.entries(expected.tables)),
    );
    expect(warnings.map(({ path }) => path).sort()).toEqual(expected.warnings.toSorted());
  });
});

describe("limits", () => {
  test("a text over the limit in bytes is refused, one at the limit is read", async () => {
    const table = 'tables = { users = { partition_key = "id" } }\n';
    const filled = (bytes: number) => `${table}${"# é".repeat(bytes)}`.slice(0, bytes);
    const fits = `${table}#${"x".repeat(maxHclBytes - table.length - 1)}`;
    expect(Object.keys((await importTerraform(member, { hcl: fits })).tables)).toEqual(["users"]);
    expect((await refusal(`${fits}x`)).message).toBe(
      "The text is larger than 512 kB. Import the files one by one.",
    );
    expect((await refusal(filled(maxHclBytes))).message).toMatch(/larger than 512 kB/);
  });

  test("more tables than a request holds are refused, none is dropped in silence", async () => {
    const text = (count: number) =>
      Array.from(
        { length: count },
        (_, at) => `resource "aws_dynamodb_table" "t${at}" {\n  hash_key = "id"\n}\n`,
      ).join("");
    expect(Object.keys((await importTerraform(member, { hcl: text(100) })).tables)).toHaveLength(100);
    expect((await refusal(text(101))).message).toMatch(/more tables than a request may, which is 100/);
  });

  test("thousands of faults give a bounded answer that says how many it leaves out", async () => {
    const odd = Array.from({ length: 5_000 }, (_, at) => `    odd${at} = 1\n`).join("");
    const hcl = `tables = {\n  users = {\n    partition_key = "id"\n${odd}  }\n}\n`;
    const { tables, warnings } = await importTerraform(member, { hcl });
    expect(Object.keys(tables)).toEqual(["users"]);
    expect(warnings).toHaveLength(200);
    expect(warnings.at(-1)?.message).toMatch(/^4801 more things were left out or left open/);
  });
});

describe("a short text that means a lot of work", () => {
  const tables = 'tables = {\n  t = {\n    partition_key = "id"\n    non = local.b\n  }\n}\n';
  const references = (name: string, count: number) => `[${Array(count).fill(name).join(", ")}]`;
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => `    k${at} = { partition_key = "id" }`).join("\n");
  const tags = Array.from({ length: 1_000 }, (_, at) => `    tag${at} = "x"`).join("\n");

  test.each([
    [
      "a large default told at every reference",
      `variable "s" {\n  default = "${"x".repeat(400_000)}"\n}\nlocals {\n  a = ${references("var.s", 1_000)}\n  b = ${references("local.a", 20)}\n}\n${tables}`,
    ],
    [
      "one long way through a map, very often",
      `locals {\n  s = { a = 1 }\n  c = ${references(`local.s${".a".repeat(100_000)}`, 1)}\n  d = ${references("local.c", 500)}\n  b = ${references("local.d", 50)}\n}\n${tables}`,
    ],
    [
      "a thousand tags for a thousand tables",
      `module "m" {\n  source = "../modules/dynamodb"\n  tags = {\n${tags}\n  }\n  tables = {\n${many(1_000)}\n  }\n}\n`,
    ],
    [
      "a hundred thousand labels, and names given twice below them",
      `${"a ".repeat(100_000)}{\n${"b = 1\n".repeat(50_000)}}\n`,
    ],
  ])("%s leaves this thread free, and the next text is read", async (_, hcl) => {
    // Work of this thread would leave it a handful of turns, waiting leaves it hundreds on an idle machine.
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 1);
    const answer = await importTerraform(member, { hcl }).catch((error: unknown) => error);
    clearInterval(turning);
    if (answer instanceof Error) expect(answer).toMatchObject({ code: "INVALID" });
    expect(turns).toBeGreaterThan(20);
    const next = await importTerraform(member, { hcl: 'tables = { a = { partition_key = "id" } }' });
    expect(Object.keys(next.tables)).toEqual(["a"]);
  });
});

describe("mutilated texts", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    "=",
    ",",
    "\n",
    "#",
    "/*",
    "<<EOT\n",
    `\${`,
    "%{",
    "null",
    "-",
    "\u0301",
  ];
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    put: fc.oneof(
      fc.constant("again"),
      fc.constantFrom("", ...pieces),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  });

  function mutilate(text: string, { at, length, put }: { at: number; length: number; put: string }): string {
    const start = Math.floor(at * text.length);
    const cut = text.slice(start, start + length);
    return `${text.slice(0, start)}${put === "again" ? cut + cut : put}${text.slice(start + length)}`;
  }

  test("are imported or refused as INVALID, and never break the importer", async () => {
    const anyText = fc.tuple(
      fc.constantFrom(...texts.values()),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(anyText, async ([text, mutations]) => {
        const hcl = mutations.reduce(mutilate, text);
        const outcome = await importTerraform(member, { hcl }).catch((error: unknown) => error);
        if (outcome instanceof AppError) expect(outcome.code).toBe("INVALID");
        else expect(outcome).toMatchObject({ tables: expect.any(Object), warnings: expect.any(Array) });
      }),
      { numRuns: 300 },
    );
  });
});
