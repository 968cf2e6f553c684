import { expect, test } from "vitest";
import { initials } from "#components/ui/initials.ts";

test.each([
  ["Dana", "DA"],
  ["Pat Lee", "PL"],
  ["noor@example.com", "NO"],
  ["ada.m.lovelace@example.com", "AL"],
  ["Ö", "Ö"],
  ["", "?"],
])("%j has the initials %s", (name, expected) => {
  expect(initials(name)).toBe(expected);
});
