import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { requestListInput } from "#lib/requests/queries.ts";
import { readFilters, readListPage } from "./list-address.ts";

const input = requestListInput.omit({ limit: true });

describe("the filters in a page's address", () => {
  test.each([
    ["what the list knows is taken", { state: "failed", q: "orders" }, { state: "failed", q: "orders" }],
    ["white space around a value is not meant", { q: "  orders " }, { q: "orders" }],
    ["an empty value is no filter", { q: " ", project: "" }, {}],
    ["a state that does not exist is left out", { state: "on fire", q: "x" }, { q: "x" }],
    ["an endless text is left out", { q: "x".repeat(5000) }, {}],
    ["of a repeated one the first counts", { project: ["shop", "billing"] }, { project: "shop" }],
    ["what the list does not know is left out", { limit: "1", utm_source: "mail", constructor: "x" }, {}],
  ])("%s", (_what, params, filters) => {
    expect(readFilters(input, params)).toEqual(filters);
  });

  test("whatever they are, the list accepts what is left of them", () => {
    const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
    const names = fc.constantFrom("state", "project", "environment", "q", "mine", "cursor", "__proto__");
    fc.assert(
      fc.property(fc.dictionary(names, value), (params) => {
        expect(input.safeParse(readFilters(input, params)).success).toBe(true);
      }),
    );
  });
});

describe("a page of a list by its address", () => {
  test("an address that the list refuses shows its beginning, unfiltered", async () => {
    const list = async (asked: object) => {
      if ("cursor" in asked) throw new AppError("INVALID", "not a cursor");
      return { items: [asked], next_cursor: null };
    };
    expect(await readListPage(input, list, { cursor: "cut", q: "orders" })).toEqual({
      filters: {},
      page: { items: [{}], next_cursor: null },
    });
  });

  test("anything else that goes wrong is not hidden", async () => {
    const list = async () => {
      throw new AppError("UNAVAILABLE", "the database is away");
    };
    await expect(readListPage(input, list, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
