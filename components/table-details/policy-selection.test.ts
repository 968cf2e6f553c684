import { expect, test } from "vitest";
import {
  parsePolicySelection,
  policyAccesses,
  policyHref,
} from "#components/table-details/policy-selection.ts";
import { iamAccesses, includesScan } from "#lib/snippets/iam-policy.ts";

test("every access of the API can be chosen, and Scan is offered exactly where a policy would hold it", () => {
  expect(policyAccesses.map(({ value }) => value)).toEqual([...iamAccesses]);
  for (const { value, scans } of policyAccesses) expect([value, scans]).toEqual([value, includesScan(value)]);
});

test("every selection comes back from its own address", () => {
  for (const { value: access } of policyAccesses) {
    for (const as of ["json", "terraform"] as const) {
      for (const scan of [true, false]) {
        const { searchParams } = new URL(policyHref("id", { access, as, scan }), "http://127.0.0.1");
        expect(parsePolicySelection(Object.fromEntries(searchParams))).toEqual({ access, as, scan });
      }
    }
  }
});

test("an address with nonsense shows the default", () => {
  const selection = { access: "reader-writer", as: "json", scan: true };
  expect(parsePolicySelection({ access: "root", as: ["json", "terraform"], scan: "maybe" })).toEqual(
    selection,
  );
  expect(parsePolicySelection({})).toEqual(selection);
});
