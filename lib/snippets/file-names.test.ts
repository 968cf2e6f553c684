import { expect, test } from "vitest";
import { apart } from "./file-names.ts";

const named = (...names: string[]) =>
  apart(names.map((filename) => ({ filename, content: "" }))).map(({ filename }) => filename);

test("an everyday name stays", () => {
  expect(named("shop-dev-orders.tf", "shop-dev-a.b.tf")).toEqual(["shop-dev-orders.tf", "shop-dev-a.b.tf"]);
});

test("no two files of a folder have one name on any disk", () => {
  expect(named("a.tf", "A.tf", "a.tf")).toEqual(["a.tf", "A-2.tf", "a-3.tf"]);
  expect(named(".a.tf", "_a.tf")).toEqual(["_a.tf", "_a-2.tf"]);
});

test("no file is hidden, for Terraform does not read those", () => {
  expect(named(".orders.tf", "....tf")).toEqual(["_orders.tf", "_.tf"]);
});

test("none is an override file, which Terraform refuses without the file that it overrides", () => {
  expect(named("override.tf", "shop-dev-x_override.tf", "shop-dev-override.tf")).toEqual([
    "override-2.tf",
    "shop-dev-x_override-2.tf",
    "shop-dev-override.tf",
  ]);
});

test("names fit into 255 bytes", () => {
  const [one, other] = named(`${"x".repeat(255)}.tf`, `${"x".repeat(254)}y.tf`);
  expect(one).toHaveLength(203);
  expect(other).not.toBe(one);
});
