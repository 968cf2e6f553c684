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
    if ("refused" in expected || Object.keys(expected.tables).length === 0) {
      const error = await refusal(hcl);
      expect(error).toBeInstanceOf(AppError);
      expect(error.code).toBe("INVALID");
      expect(error.errors.every(({ path }) => path === "/hcl")).toBe(true);
      expect(error.message).toMatch("refused" in expected ? expected.refused : /Looked for: a map tables/);
      for (const path of "refused" in expected ? [] : expected.warnings)
        expect(error.message).toContain(path);
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
