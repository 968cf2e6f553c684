import { expect, test } from "vitest";
import type { Finding } from "#lib/table-spec/findings.ts";
import { findingsOfWhole } from "./finding-order.ts";

const finding = (id: string, path: string): Finding => ({ id, path, level: "warn", message: id });

test("what guardrails say of a table as a whole stands beside every step, and nothing of its fields or of other tables", () => {
  const findings = [
    finding("recovery", "/tables/orders"),
    finding("advice", "/tables/orders/enable_point_in_time_recovery"),
    finding("other", "/tables/orders-2"),
    finding("name-taken", "/tables/orders"),
    finding("odd", "/tables/a~1b"),
  ];
  expect(findingsOfWhole(findings, { key: "orders" }).map(({ id }) => id)).toEqual(["recovery"]);
  expect(findingsOfWhole(findings, { key: "a/b" }).map(({ id }) => id)).toEqual(["odd"]);
  expect(findingsOfWhole(findings, { key: "" })).toEqual([]);
});
