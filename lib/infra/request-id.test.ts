import { describe, expect, test } from "vitest";
import { requestIdOf } from "./request-id.ts";

const made = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

describe("the id a request is logged under", () => {
  test("is the one it came with", () => {
    expect(requestIdOf("01J9-edge.proxy_7")).toBe("01J9-edge.proxy_7");
  });

  test.each([
    ["none", undefined],
    ["a short one", "abc"],
    ["a long one", "x".repeat(65)],
    ["one with a line break", "abcdefgh\ninjected"],
    ["one with spaces", "a b c d e f g h"],
    ["one with markup", "<script>alert(1)</script>"],
    ["two", ["abcdefgh", "ijklmnop"]],
  ])("is a new one for %s", (_what, header) => {
    expect(requestIdOf(header)).toMatch(made);
  });
});
