import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absoluteWords, relativeWords } from "#components/ui/relative-words.ts";

const now = Date.UTC(2026, 10, 22, 20, 40);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("an instant is told relative to now", () => {
  test.each([
    [0, "just now", "now"],
    [-9_999, "just now", "now"],
    [-42_000, "42 seconds ago", "42 s"],
    [-minute, "1 minute ago", "1 min"],
    [-14 * minute - 59_000, "14 minutes ago", "14 min"],
    [-2 * hour, "2 hours ago", "2 h"],
    [-day, "1 day ago", "1 d"],
    [-400 * day, "400 days ago", "400 d"],
    [3_000, "in a moment", "now"],
    [40_000, "in 40 seconds", "40 s"],
    [35 * minute, "in 35 minutes", "35 min"],
    [30 * day, "in 30 days", "30 d"],
    [30 * day - minute, "in 30 days", "30 d"],
    [day - minute, "in 1 day", "1 d"],
    [29 * day + 11 * hour, "in 29 days", "29 d"],
  ])("%i ms from now is %s, shortly %s", (offsetMilliseconds, long, short) => {
    expect(relativeWords(now + offsetMilliseconds, now)).toBe(long);
    expect(relativeWords(now + offsetMilliseconds, now, "short")).toBe(short);
  });

  test("every instant has words, without NaN or zero counts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.constantFrom("long" as const, "short" as const),
        (offset, style) => {
          expect(relativeWords(now + offset, now, style)).toMatch(
            /^(just now|now|in a moment|(in )?[1-9]\d* [a-z]+( ago)?)$/,
          );
        },
      ),
    );
  });
});

test("an instant in full is in UTC, whatever the machine's time zone", () => {
  expect(absoluteWords(now)).toBe("22 Nov 2026, 20:40 UTC");
});
