import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pascalLabel, snakeLabel, variablePrefix } from "./label.ts";

const tableName = fc.string({ unit: fc.constantFrom(..."aAbB12_.-"), minLength: 1, maxLength: 8 });

describe.each([
  {
    label: snakeLabel,
    legal: /^[a-zA-Z][a-zA-Z0-9_]*$/,
    plain: ["shop-dev-user-data", "shop_dev_user_data"],
  },
  { label: pascalLabel, legal: /^[a-zA-Z][a-zA-Z0-9_]*$/, plain: ["shop-dev-user-data", "ShopDevUserData"] },
  { label: variablePrefix, legal: /^[A-Z][A-Z0-9_]*$/, plain: ["user-data", "USER_DATA"] },
])("$label.name", ({ label, legal, plain }) => {
  test("reads well for an everyday name", () => {
    expect(label(plain[0]!)).toBe(plain[1]);
  });

  test.each([
    ["a.b", "a-b"],
    ["a_b", "a-b"],
    ["A-b", "a-b"],
    ["a--b", "a-b"],
    ["1a", "table-1a"],
    ["orders-2024", "orders2024"],
    [".a", "-a"],
  ])("tells %s from %s", (one, other) => {
    expect(label(one)).not.toBe(label(other));
  });

  test("is legal for any name, and never the same for two", () => {
    fc.assert(
      fc.property(fc.uniqueArray(tableName, { minLength: 2, maxLength: 30 }), (names) => {
        const labels = names.map(label);
        for (const one of labels) expect(one).toMatch(legal);
        expect(new Set(labels).size).toBe(names.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is different from that of a name made to look like it", () => {
    fc.assert(
      fc.property(tableName, (name) => {
        const made = label(name);
        for (const lookalike of [made, made.replaceAll("_", "-"), made.toLowerCase()]) {
          if (lookalike !== name) expect(label(lookalike)).not.toBe(made);
        }
      }),
    );
  });
});
