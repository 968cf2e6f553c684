import { describe, expect, test } from "vitest";
import { type DeletionFacts, type DeletionMove, nextDeletionMove } from "./next-deletion-move.ts";
import { tableIdTag } from "./next-move.ts";
import type { ObservedTable } from "./observed.ts";
import { afterCall, desiredTable } from "./plan.arbitrary.ts";
import { plan } from "./plan.ts";

const now = new Date("2026-03-02T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const absent = { exists: false } as const;

const ours = (fields: Partial<ObservedTable> = {}): ObservedTable => ({
  ...afterCall(null, plan(desiredTable({ deletion_protection: false }), absent)[0]!),
  tableId: "id-ours",
  tags: { [tableIdTag]: "t-1", Owner: "us" },
  ...fields,
});
const another = ours({ tableId: "id-other", tags: {} });
const index = { name: "i", projectionType: "ALL", nonKeyAttributes: [], partitionKey: "a", sortKey: null };
const movingIndex = { ...index, status: "CREATING", readCapacity: null, writeCapacity: null };

const facts = (fields: Partial<DeletionFacts>): DeletionFacts => ({
  name: "shop-dev-orders",
  observed: ours(),
  tableId: "t-1",
  identity: "id-ours",
  approved: true,
  unprotect: true,
  tagless: false,
  intentAt: null,
  activeAt: ago(1),
  goneAt: null,
  now,
  ...fields,
});

function told(move: DeletionMove): string {
  switch (move.do) {
    case "run":
      return `run ${move.call.call}`;
    case "wait":
      return `wait ${move.poll}`;
    case "stop":
      return `stop: ${move.why}`;
    case "finish":
      return `gone by ${move.by}${move.another ? ", another there" : ""}`;
  }
}

type Case = [what: string, facts: Partial<DeletionFacts>, move: string | RegExp];
const decide = (cases: Case[]) =>
  test.each(cases)("%s", (_what, given, expected) => {
    expect(told(nextDeletionMove(facts(given)))).toMatch(
      typeof expected === "string" ? new RegExp(`^${expected}$`) : expected,
    );
  });

describe("a table that is ours, ACTIVE and settled", () => {
  decide([
    ["is deleted", {}, "run DeleteTable"],
    [
      "is unprotected first, where the plan says so",
      { observed: ours({ deletionProtection: true }) },
      "run UpdateTable",
    ],
    [
      "is left alone when it was protected after the approval",
      { observed: ours({ deletionProtection: true }), unprotect: false },
      /^stop: .*switched on after the request.*not touched/,
    ],
    [
      "is deleted where the endpoint has no tags at all",
      { observed: ours({ tags: null }), tagless: true },
      "run DeleteTable",
    ],
    [
      "is known by its creation time where there is no TableId",
      { observed: ours({ tableId: null, createdAt: "c" }), identity: "c" },
      "run DeleteTable",
    ],
  ]);
});

describe("is never touched", () => {
  decide([
    ["without an approved request", { approved: false }, /^stop: .*not approved/],
    ["when it was never recorded which table is ours", { identity: null }, /^stop: .*never recorded/],
    [
      "when the endpoint tells no identity",
      { observed: ours({ tableId: null, createdAt: null }) },
      /^stop: .*does not tell/,
    ],
    ["with another row's tag", { observed: ours({ tags: { [tableIdTag]: "t-2" } }) }, /^stop: .*tag/],
    ["with tags but not ours", { observed: ours({ tags: { Owner: "us" } }) }, /^stop: .*tag/],
    ["with tags that stay empty", { observed: ours({ tags: {} }), activeAt: ago(10) }, /^stop: .*tag/],
    ["with tags that were not read", { observed: ours({ tags: null }), activeAt: ago(10) }, /^stop: .*tag/],
    ["when it is archived", { observed: ours({ tableStatus: "ARCHIVED" }) }, /^stop: .*ARCHIVED/],
  ]);
});

describe("is waited for", () => {
  decide([
    ["while its tags read empty", { observed: ours({ tags: {} }) }, "wait settling"],
    ["while it is UPDATING", { observed: ours({ tableStatus: "UPDATING" }) }, "wait creating"],
    ["while it is CREATING", { observed: ours({ tableStatus: "CREATING" }) }, "wait creating"],
    [
      "while an index is on the move",
      { observed: ours({ globalSecondaryIndexes: [movingIndex] }) },
      "wait creating",
    ],
    [
      "while it is DELETING, whoever did that",
      { observed: ours({ tableStatus: "DELETING" }) },
      "wait creating",
    ],
    [
      "while it is DELETING and shows no creation time",
      { observed: ours({ tableStatus: "DELETING", tableId: null, createdAt: null }) },
      "wait creating",
    ],
  ]);
});

describe("after DeleteTable was sent and its answer is not known", () => {
  decide([
    [
      "it is not sent again within a minute, though reads show the table",
      { intentAt: ago(59) },
      "wait settling",
    ],
    [
      "not even a stop is believed meanwhile",
      { intentAt: ago(59), observed: ours({ tags: { x: "y" } }) },
      "wait settling",
    ],
    ["it is sent again once reads are settled and show it", { intentAt: ago(60) }, "run DeleteTable"],
    [
      "one read without the table is not enough",
      { intentAt: ago(5), observed: absent, goneAt: now },
      "wait creating",
    ],
    [
      "nor are reads within three seconds",
      { intentAt: ago(5), observed: absent, goneAt: ago(2.9) },
      "wait creating",
    ],
    ["then it is gone", { intentAt: ago(9), observed: absent, goneAt: ago(3) }, "gone by us"],
    [
      "another of its name means that ours is gone",
      { intentAt: ago(9), observed: another, goneAt: ago(3) },
      "gone by us, another there",
    ],
    [
      "which one read does not say either",
      { intentAt: ago(9), observed: another, goneAt: ago(1) },
      "wait creating",
    ],
  ]);
});

describe("before any DeleteTable", () => {
  decide([
    [
      "a table that is not there was deleted by others",
      { observed: absent, goneAt: ago(3) },
      "gone by others",
    ],
    [
      "and so where another has its name",
      { observed: another, goneAt: ago(3) },
      "gone by others, another there",
    ],
    [
      "another is not touched with our tag on it either",
      { observed: ours({ tableId: "id-other" }), goneAt: ago(3) },
      "gone by others, another there",
    ],
  ]);
});
