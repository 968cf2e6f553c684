import { expect, test } from "vitest";
import { listHref } from "#components/data-table/list-href.ts";

test("filters that are set stand in the address, empty ones do not", () => {
  expect(listHref("/requests", { q: "a b&c", state: "", project: undefined, cursor: null })).toBe(
    "/requests?q=a+b%26c",
  );
  expect(listHref("/requests", {})).toBe("/requests");
});
