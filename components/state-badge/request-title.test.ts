import { expect, test } from "vitest";
import { requestTitle } from "#components/state-badge/request-title.ts";

const two = [{ name: "shop-prod-events" }, { name: "shop-prod-sessions" }];

test.each([
  ["create", two, "2 tables for shop"],
  ["create", two.slice(0, 1), "1 table for shop"],
  ["change", two.slice(0, 1), "Change shop-prod-events"],
  ["decommission", two, "Delete 2 tables of shop"],
  ["adopt", two.slice(0, 1), "Adopt shop-prod-events"],
])("a request of kind %s is titled by what it asks for", (kind, tables, title) => {
  expect(requestTitle({ kind, project: "shop", tables })).toBe(title);
});
