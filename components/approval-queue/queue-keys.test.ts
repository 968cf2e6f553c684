import { describe, expect, test } from "vitest";
import { queueMove } from "#components/approval-queue/queue-keys.ts";

const press = {
  key: "a",
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  defaultPrevented: false,
  typing: false,
};

describe("keys of the queue", () => {
  test.each([
    ["j", "next"],
    ["k", "previous"],
    ["a", "approve"],
    ["r", "reject"],
    ["x", "select"],
    ["A", "approve"],
    ["Enter", null],
    ["z", null],
  ])("%s means %s", (key, move) => expect(queueMove({ ...press, key })).toBe(move));

  test.each(["ctrlKey", "altKey", "metaKey", "defaultPrevented", "typing"] as const)(
    "nothing is approved while %s: the browser or a field has the key",
    (what) => expect(queueMove({ ...press, [what]: true })).toBeNull(),
  );
});
