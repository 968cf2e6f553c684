import { describe, expect, test } from "vitest";
import { assumedUsage, figureProblem, shownFigure } from "./assumed-figures.ts";

const asked = { reads_per_second: 20, writes_per_second: 15, item_kb: 1, items: 1000 };

describe("what a reviewer assumes of a table", () => {
  test("is what the requester said but for the figures that were typed over", () => {
    expect(assumedUsage(asked, { writes_per_second: "30" })).toEqual({ ...asked, writes_per_second: 30 });
    expect(assumedUsage(undefined, { items: "5" })).toMatchObject({ items: 5, item_kb: 1 });
  });

  test("is nothing of their own while it comes to what the requester said", () => {
    expect(assumedUsage(asked, {})).toBeUndefined();
    expect(assumedUsage(asked, { writes_per_second: "15.0" })).toBeUndefined();
    expect(assumedUsage(undefined, { items: "0" })).toBeUndefined();
  });

  test.each(["", " ", "a lot", "1,000", "-1", "NaN", "Infinity"])(
    "does not count a text that is no figure, shows it as typed and says what to do: %j",
    (text) => {
      expect(assumedUsage(asked, { reads_per_second: text })).toBeUndefined();
      expect(shownFigure("reads_per_second", asked, { reads_per_second: text })).toBe(text);
      expect(figureProblem("reads_per_second", text)).toContain("from 0 to 1,000,000,000");
    },
  );

  test("stays within what the verb takes: no item is larger than 400 KB", () => {
    expect(figureProblem("item_kb", "400")).toBeNull();
    expect(figureProblem("item_kb", "400.1")).toContain("400");
  });
});
