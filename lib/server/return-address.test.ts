import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeReturnAddress, signInAddress } from "./return-address.ts";

describe("where sign-in leads", () => {
  test.each([
    "/",
    "/requests",
    "/requests?state=submitted&q=shop%20prod",
    "/requests/new?draft=0b0e2f0e-0000-4000-8000-000000000000",
    "/tables?q=a//b",
    "/signings",
  ])("a page of ours is kept: %s", (address) => {
    expect(safeReturnAddress(address)).toBe(address);
  });

  test.each([
    ["another site", "https://evil.example"],
    ["a host without a scheme", "//evil.example/x"],
    ["a host behind dots", "/.//evil.example"],
    ["a host behind a parent folder", "/x/..//evil.example"],
    ["a backslash that browsers read as a slash", "/\\evil.example"],
    ["a backslash later on", "/x\\y"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line break that browsers drop", "/\n/evil.example"],
    ["a script", "javascript:alert(1)"],
    ["a relative path", "requests"],
    ["nothing", ""],
    ["a list of addresses", ["/requests", "/tables"]],
    ["no address at all", undefined],
    ["the sign-in page itself", "/sign-in?next=/sign-in"],
    ["what is no page", "/api/v1/requests"],
    ["an endless address", `/${"x".repeat(3000)}`],
  ])("%s leads to the first page", (_what, address) => {
    expect(safeReturnAddress(address)).toBe("/");
  });

  test("no text leads out of this site", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "..",
      ".",
      "\t",
      "\n",
      "@",
      ":",
      "?",
      "#",
      "%2f",
      "%5c",
      "evil.example",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const address = safeReturnAddress(pieces.join(""));
        for (const origin of ["http://127.0.0.1:3000", "https://tables.example.com"]) {
          expect(new URL(address, origin).origin).toBe(origin);
        }
      }),
    );
  });

  test("the sign-in page's own address carries the page to come back to, encoded", () => {
    expect(signInAddress("/tables?q=a&state=active")).toBe(
      "/sign-in?next=%2Ftables%3Fq%3Da%26state%3Dactive",
    );
    expect(signInAddress("/")).toBe("/sign-in");
    expect(signInAddress("//evil.example")).toBe("/sign-in");
  });
});
