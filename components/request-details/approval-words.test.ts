import { describe, expect, test } from "vitest";
import {
  countWords,
  deadEndWords,
  entryPlaces,
  loneMemberWarning,
  whoNextWords,
} from "#components/request-details/approval-words.ts";
import type { ApprovalEntryView } from "#components/request-details/request-page.ts";

const entry = (group: string, count: number, given: number, next: string[]): ApprovalEntryView => ({
  rule: "prod",
  group,
  count,
  given,
  people: [],
  next,
  nextCount: next.length,
});

describe("who approves next", () => {
  test("the first unmet entry has the turn, what follows comes later", () => {
    expect(entryPlaces([entry("a", 1, 1, []), entry("b", 2, 1, []), entry("c", 1, 0, [])])).toEqual([
      "met",
      "turn",
      "later",
    ]);
    expect(entryPlaces([entry("a", 1, 1, [])])).toEqual(["met"]);
  });

  test("counts say how far an entry is, or how much comes later", () => {
    expect(countWords(entry("a", 2, 1, []), "turn")).toBe("1 of 2");
    expect(countWords(entry("a", 1, 0, []), "later")).toBe("then 1");
  });

  test.each([
    [["Alex", "Priya"], "turn", "you or Alex next"],
    [["Alex"], "turn", "Alex next"],
    [["Alex"], "later", "Alex, after that"],
    [["Priya"], "later", "You, after that"],
    [["A", "B", "C", "D", "E", "Priya"], "turn", "you, A, B or 3 others next"],
    [["A", "B", "C", "D"], "turn", "A, B, C or D next"],
    [[], "turn", "nobody of platform who has signed in can give it"],
    [["Alex"], "met", ""],
  ] as const)("of %j, %s: %s", (next, place, words) => {
    expect(whoNextWords(entry("platform", 1, 0, [...next]), place, "Priya")).toBe(words);
  });
});

test("all of a large group are counted, though not all are named", () => {
  const crowd = { ...entry("crowd", 1, 0, ["Priya", "A", "B", "C"]), nextCount: 300 };
  expect(whoNextWords(crowd, "turn", "Priya")).toBe("you, A, B or 297 others next");
});

test("a request that nobody can approve now says how it can go on", () => {
  const platform = entry("platform", 1, 1, []);
  expect(deadEndWords([platform, entry("security", 1, 0, [])])).toBe(
    "A person counts once, so whoever has approved already cannot. It waits until somebody else of security signs in. An edit by the person who asked has everybody asked anew.",
  );
  expect(deadEndWords([entry("security", 1, 0, [])])).toMatch(
    /^It waits until somebody of security signs in/,
  );
  expect(deadEndWords([platform, entry("security", 1, 0, ["Alex"])])).toBeNull();
  expect(deadEndWords([platform])).toBeNull();
});

describe("a person who is needed later", () => {
  const platform = entry("platform", 2, 1, ["Alex", "Priya"]);

  test("is warned when nobody else could approve for the later group", () => {
    const warning = loneMemberWarning([platform, entry("security", 1, 0, ["Alex"])], "Alex");
    expect(warning).toContain("You are the only one of security who can approve");
  });

  test("is not warned when others of that group remain", () => {
    expect(loneMemberWarning([platform, entry("security", 1, 0, ["Alex", "Sam"])], "Alex")).toBeNull();
  });

  test("is warned when too few would remain", () => {
    const warning = loneMemberWarning([platform, entry("security", 2, 0, ["Alex", "Sam"])], "Alex");
    expect(warning).toContain("You are one of the few of security");
  });

  test("is not warned when the turn is not theirs, or the later group is not theirs", () => {
    expect(loneMemberWarning([platform, entry("security", 1, 0, ["Alex"])], "Priya")).toBeNull();
    expect(
      loneMemberWarning([entry("platform", 1, 0, ["Priya"]), entry("security", 1, 0, ["Alex"])], "Alex"),
    ).toBeNull();
  });

  test("is not warned when it is the later group's turn already", () => {
    expect(loneMemberWarning([entry("security", 1, 0, ["Alex"])], "Alex")).toBeNull();
  });
});
