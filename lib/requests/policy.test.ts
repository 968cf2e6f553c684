import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor, UserActor } from "#lib/core/actor.ts";
import { approvalEntries, entryInTurn, type Given } from "./approval-progress.ts";
import {
  canAsk,
  canCancelOrRetry,
  canComment,
  canDecide,
  canDraft,
  canResubmit,
  canSee,
  mayDecideNow,
  type RequestSubject,
} from "./policy.ts";

const person = (id: string, groups: string[], projects: string[] = []): UserActor => ({
  kind: "user",
  id,
  email: `${id}@example.com`,
  name: id,
  groups,
  projects,
  platform: groups.includes("platform"),
  auditor: groups.includes("auditors"),
  scopes: null,
});
const system: Actor = { kind: "system", job: "x" };
const requester = person("requester", [], ["shop"]);
const former = person("requester", []);
const member = person("member", [], ["shop"]);
const stranger = person("stranger", ["billing"], ["billing"]);
const platform = person("platform", ["platform"]);
const security = person("security", ["security"]);
const auditor = person("auditor", ["auditors"]);
/** Whoever is an auditor only reads, whatever else they are: here the requester and all who approve. */
const busyAuditor = person("requester", ["auditors", "platform", "security"], ["shop"]);

const waiting: RequestSubject = {
  state: "submitted",
  version: 2,
  project: "shop",
  requesterId: "requester",
  required: [
    { rule: "prod", group: "platform", count: 1 },
    { rule: "prod", group: "security", count: 1 },
  ],
  given: [],
  selfApproval: false,
};
const approval = (personId: string, group: string, version = 2): Given => ({
  personId,
  group,
  version,
  decision: "approve",
});
const half = { ...waiting, given: [approval("other", "platform")] };
const stale = { ...waiting, given: [approval("platform", "platform", 1)] };
const draft = { ...waiting, state: "draft" as const, required: [] };
const own = { ...waiting, requesterId: "platform" };

const yes = (...actors: Actor[]) => actors;
const everybody = [requester, former, member, stranger, platform, security, auditor, busyAuditor, system];
const predicates: [string, (actor: Actor) => boolean, Actor[]][] = [
  [
    "see a waiting request",
    (a) => canSee(a, waiting),
    yes(requester, member, platform, security, auditor, busyAuditor, system),
  ],
  ["see a draft", (a) => canSee(a, draft), yes(requester, former, busyAuditor, system)],
  ["ask in shop", (a) => canAsk(a, "shop").allowed, yes(requester, member, platform)],
  ["decide first", (a) => canDecide(a, waiting).allowed, yes(platform)],
  ["decide second", (a) => canDecide(a, half).allowed, yes(security)],
  ["decide on a new version", (a) => mayDecideNow(a, stale).allowed, yes(platform)],
  ["decide on an own request", (a) => canDecide(a, own).allowed, yes()],
  [
    "decide where self-approval is on",
    (a) => canDecide(a, { ...own, selfApproval: true }).allowed,
    yes(platform),
  ],
  ["decide on what is approved", (a) => mayDecideNow(a, { ...waiting, state: "approved" }).allowed, yes()],
  ["resubmit", (a) => canResubmit(a, waiting).allowed, yes(requester)],
  ["cancel or retry", (a) => canCancelOrRetry(a, waiting).allowed, yes(requester, former, platform)],
  ["draft", (a) => canDraft(a, null).allowed, yes(requester, former, member, stranger, platform, security)],
  ["change the draft", (a) => canDraft(a, draft).allowed, yes(requester, former)],
  ["comment", (a) => canComment(a, waiting).allowed, yes(requester, member, platform, security)],
];
const cases = predicates.flatMap(([what, may, allowed]) =>
  everybody.map((actor, index) => ({
    who:
      actor === former
        ? "former member"
        : actor === busyAuditor
          ? "auditor in all groups"
          : actor.kind === "user"
            ? actor.id
            : "system",
    what,
    answer: allowed.includes(actor),
    may,
    index,
  })),
);

test.each(cases)("$who may $what: $answer", ({ may, index, answer }) => {
  expect(may(everybody[index]!)).toBe(answer);
});

test("approvals fill the entries in order, each counts once, and other versions and decisions count nowhere", () => {
  const group = fc.constantFrom("platform", "security", "finance");
  const required = fc.array(
    fc.record({ rule: fc.constant("r"), group, count: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 5 },
  );
  const given = fc.array(
    fc.record({
      personId: fc.uuid(),
      group,
      version: fc.integer({ min: 1, max: 2 }),
      decision: fc.constantFrom("approve", "send_back"),
    }),
  );
  fc.assert(
    fc.property(required, given, (required, given) => {
      const entries = approvalEntries(required, given, 2);
      const counting = given.filter((one) => one.version === 2 && one.decision === "approve");
      for (const name of ["platform", "security", "finance"]) {
        const sum = (of: (entry: (typeof entries)[number]) => number) =>
          entries.filter((entry) => entry.group === name).reduce((total, entry) => total + of(entry), 0);
        const had = counting.filter((one) => one.group === name).length;
        expect(sum((entry) => entry.given)).toBe(
          Math.min(
            had,
            sum((entry) => entry.count),
          ),
        );
      }
      expect(entries.map(({ group, count }) => ({ group, count }))).toEqual(
        required.map(({ group, count }) => ({ group, count })),
      );
      const turn = entryInTurn(entries);
      expect(turn === undefined).toBe(entries.every((entry) => entry.given === entry.count));
    }),
  );
});

test("a group asked twice gets its second turn only after those between", () => {
  const required = ["platform", "security", "platform"].map((group) => ({ rule: "r", group, count: 1 }));
  const turnAfter = (...groups: string[]) =>
    entryInTurn(
      approvalEntries(
        required,
        groups.map((group, n) => approval(`p${n}`, group)),
        2,
      ),
    )?.group;
  expect(turnAfter()).toBe("platform");
  expect(turnAfter("platform")).toBe("security");
  expect(turnAfter("platform", "security")).toBe("platform");
  expect(turnAfter("platform", "security", "platform")).toBeUndefined();
});
