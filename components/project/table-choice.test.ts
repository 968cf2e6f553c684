import { expect, test } from "vitest";
import { chosenTables, parseTableChoice, tableChoiceParts } from "#components/project/table-choice.ts";

const tables = [{ key: "orders" }, { key: "user.data" }, { key: "a&b" }];

/** What a page reads from an address with these parts. */
function readBack(chosen: readonly { key: string }[]) {
  const query = new URLSearchParams(
    tableChoiceParts("dev", tables, chosen).map(([name, value]) => [name, value]),
  );
  const params = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
  return { query, choice: parseTableChoice(params) };
}

test.each([[[]], [[tables[1]!]], [[tables[0]!, tables[2]!]], [tables]])(
  "the chosen tables %j come back from their address",
  (chosen) => {
    const { choice } = readBack(chosen);
    expect(choice.environment).toBe("dev");
    expect(chosenTables(tables, choice)).toEqual(chosen);
  },
);

test("all tables are chosen unless some are named, and then the address stays short", () => {
  expect(chosenTables(tables, parseTableChoice({}))).toEqual(tables);
  expect(String(readBack(tables).query)).toBe("environment=dev");
});

test("a table that is named alone is all that is chosen, and one that there is not chooses none", () => {
  expect(chosenTables(tables, parseTableChoice({ table: "orders" }))).toEqual([tables[0]]);
  expect(chosenTables(tables, parseTableChoice({ table: "unknown" }))).toEqual([]);
});

test("a form that was sent with nothing ticked chooses nothing", () => {
  expect(chosenTables(tables, parseTableChoice({ tables: "chosen" }))).toEqual([]);
});
