import { describe, expect, test } from "vitest";
import { clockWords, durationWords, stepMilliseconds } from "#components/request-details/duration-words.ts";

describe("durations", () => {
  test.each([
    [-5, "0.0 s"],
    [0, "0.0 s"],
    [420, "0.4 s"],
    [9_949, "9.9 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min"],
    [185_000, "3 min 5 s"],
    [3_599_700, "1 h"],
    [7_800_000, "2 h 10 min"],
  ])("%d ms read as %s", (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });

  test("the clock is UTC wherever the server stands", () => {
    expect(clockWords("2026-11-22T20:40:12.345Z")).toBe("20:40:12 UTC");
  });

  test("a step that runs is timed to now, a finished one to its end, a pending one not at all", () => {
    const started_at = "2026-11-22T20:40:12.000Z";
    const now = Date.parse(started_at) + 5_000;
    expect(stepMilliseconds({ started_at, ended_at: null }, now)).toBe(5_000);
    expect(stepMilliseconds({ started_at, ended_at: "2026-11-22T20:40:13.500Z" }, now)).toBe(1_500);
    expect(stepMilliseconds({ started_at: null, ended_at: null }, now)).toBeNull();
  });

  test("a browser clock behind the server's never gives a negative time", () => {
    expect(stepMilliseconds({ started_at: "2026-11-22T20:40:12.000Z", ended_at: null }, 0)).toBe(0);
  });
});
