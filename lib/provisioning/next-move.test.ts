import { describe, expect, test } from "vitest";
import { type Facts, type Move, nextMove, tableIdTag } from "./next-move.ts";
import type { ObservedTable } from "./observed.ts";
import { afterCall, desiredTable } from "./plan.arbitrary.ts";
import { plan } from "./plan.ts";

const now = new Date("2026-03-02T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const nothing = { exists: false } as const;

const desired = desiredTable({ enable_ttl: true, enable_point_in_time_recovery: true, enable_stream: true });
const bare = desiredTable();

/** The table that our CreateTable makes, ACTIVE and with its tags, one second after our intent. */
const made = (fields: Partial<ObservedTable> = {}, wish = desired): ObservedTable => ({
  ...afterCall(null, plan(wish, nothing)[0]!),
  tableId: "id-ours",
  createdAt: ago(1).toISOString(),
  ...fields,
});
const allDone: Partial<ObservedTable> = {
  ttl: { status: "ENABLING", attribute: "ttl" },
  backups: { status: "ENABLED", days: 35, earliest: null, latest: null },
};

const facts = (fields: Partial<Facts>): Facts => ({
  desired,
  observed: nothing,
  tableId: "t-1",
  identity: null,
  intentAt: null,
  absentAt: null,
  activeAt: null,
  endpoint: false,
  now,
  ...fields,
});
/** A CreateTable may be out, and it is not known what came of it. */
const ambiguous = (observed: Facts["observed"], fields: Partial<Facts> = {}) =>
  facts({ observed, intentAt: ago(2), absentAt: ago(2), ...fields });
const ours = (observed: Facts["observed"], fields: Partial<Facts> = {}) =>
  ambiguous(observed, { identity: "id-ours", ...fields });

type Case = [what: string, facts: Facts, move: string];

/** A move in one line. */
function told(move: Move): string {
  switch (move.do) {
    case "run":
      return `run ${move.call.call}`;
    case "recognise":
      return `recognise ${move.identity}`;
    case "unsupported":
      return `unsupported ${move.facets.join(" ")}`;
    case "wait":
      return `wait ${move.poll}`;
    case "stop":
      return "stop";
    case "finish":
      return "finish";
  }
}

const decide = (cases: Case[]) =>
  test.each(cases)("%s", (_what, given, expected) => {
    expect(told(nextMove(given))).toBe(expected);
  });

describe("while there is no table", () => {
  decide([
    ["it is created", facts({}), "run CreateTable"],
    [
      "it is created again when the answer was lost and it is not there",
      ambiguous(nothing),
      "run CreateTable",
    ],
    ["one just made is waited for: DescribeTable lags", ours(nothing), "wait settling"],
    ["one made a minute ago was deleted by somebody", ours(nothing, { intentAt: ago(61) }), "stop"],
  ]);
});

describe("whose a table of the name is", () => {
  const foreignTags = { Owner: "somebody" };
  const otherRow = { [tableIdTag]: "t-2" };
  decide([
    ["before our first CreateTable: somebody else's", facts({ observed: made() }), "stop"],
    ["with our tag: ours", ambiguous(made()), "recognise id-ours"],
    [
      "with our tag while it is CREATING: ours",
      ambiguous(made({ tableStatus: "CREATING" })),
      "recognise id-ours",
    ],
    ["with our tag, hours later: ours", ambiguous(made(), { intentAt: ago(9999) }), "recognise id-ours"],
    ["with other tags: somebody else's at once", ambiguous(made({ tags: foreignTags })), "stop"],
    ["with the id of another row of ours: not this one's", ambiguous(made({ tags: otherRow })), "stop"],
    ["without tags just after the call: not known yet", ambiguous(made({ tags: {} })), "wait settling"],
    [
      "without tags 59 s after the call: not known yet",
      ambiguous(made({ tags: {} }), { intentAt: ago(59) }),
      "wait settling",
    ],
    [
      "without tags after 60 s: somebody else's",
      ambiguous(made({ tags: {} }), { intentAt: ago(60) }),
      "stop",
    ],
    [
      "without tags 60 s after the call but just ACTIVE: not known yet",
      ambiguous(made({ tags: {} }), { intentAt: ago(300), activeAt: ago(5) }),
      "wait settling",
    ],
    [
      "its tags unknown while CREATING, however long that takes: not known yet",
      ambiguous(made({ tags: null, tableStatus: "CREATING" }), { intentAt: ago(300) }),
      "wait settling",
    ],
    [
      "its tags unknown in a status it cannot leave: somebody else's",
      ambiguous(made({ tags: null, tableStatus: "ARCHIVED" }), { intentAt: ago(300) }),
      "stop",
    ],
    [
      "with nothing that tells it from others: not ours",
      ambiguous(made({ tableId: null, createdAt: null })),
      "stop",
    ],
  ]);

  test("a name that is taken is told with what to do, and that nothing was touched", () => {
    expect(nextMove(facts({ observed: made() }))).toMatchObject({
      why: expect.stringMatching(/shop-dev-orders is taken.*not touched.*looks after that table/),
    });
  });
});

describe("whose it is on an endpoint without tags", () => {
  const tagless = (fields: Partial<ObservedTable> = {}) =>
    made({ tags: null, unsupportedReads: ["tags"], ...fields });
  const at = (observed: ObservedTable, fields: Partial<Facts> = {}) =>
    ambiguous(observed, { endpoint: true, ...fields });
  const otherKeys = { keys: { partitionKey: "id", sortKey: "at" } };
  const rounded = new Date(Math.floor(ago(2).getTime() / 1000) * 1000).toISOString();
  decide([
    ["absent before, made after, with our keys: ours", at(tagless()), "recognise id-ours"],
    [
      "without TableId the time of creation tells it",
      at(tagless({ tableId: null })),
      `recognise ${ago(1).toISOString()}`,
    ],
    [
      "made in the second of the look, as emulators round: ours",
      at(tagless({ createdAt: rounded })),
      "recognise id-ours",
    ],
    ["made before we looked: somebody else's", at(tagless({ createdAt: ago(4).toISOString() })), "stop"],
    ["made with other keys: somebody else's", at(tagless(otherKeys)), "stop"],
    ["our CreateTable was refused: somebody else's", at(tagless(), { absentAt: null }), "stop"],
    [
      "made long after our CreateTable: somebody else's",
      at(tagless(), { intentAt: ago(90), absentAt: ago(90) }),
      "stop",
    ],
    [
      "before our first CreateTable: somebody else's",
      at(tagless(), { intentAt: null, absentAt: null }),
      "stop",
    ],
    [
      "known from before to have no tags: the same",
      at(made({ tags: null }), { desired: { ...desired, unsupported: ["tags"] } }),
      "recognise id-ours",
    ],
  ]);
});

describe("once it is ours", () => {
  const index = { name: "by-owner", status: "CREATING", partitionKey: "o", sortKey: null };
  const moving = {
    ...index,
    projectionType: "ALL",
    nonKeyAttributes: [],
    readCapacity: null,
    writeCapacity: null,
  };
  decide([
    ["another table under the name is not touched", ours(made({ tableId: "id-other" })), "stop"],
    ["one whose tag was taken away is not touched", ours(made({ tags: { Owner: "x" } })), "stop"],
    ["one with the id of another row is not touched", ours(made({ tags: { [tableIdTag]: "t-2" } })), "stop"],
    ["one that is being deleted is gone", ours(made({ tableStatus: "DELETING" })), "stop"],
    ["CREATING is waited for", ours(made({ tableStatus: "CREATING" })), "wait creating"],
    ["UPDATING is waited for", ours(made({ tableStatus: "UPDATING" })), "wait creating"],
    [
      "an index that is CREATING is waited for",
      ours(made({ globalSecondaryIndexes: [moving] })),
      "wait creating",
    ],
    [
      "encryption that is moving is waited for",
      ours(made({ encryption: { type: "kms", status: "UPDATING", kmsKeyArn: "k" } })),
      "wait creating",
    ],
    [
      "without access to its key it stops",
      ours(made({ tableStatus: "INACCESSIBLE_ENCRYPTION_CREDENTIALS" })),
      "stop",
    ],
    ["ARCHIVING is no wait", ours(made({ tableStatus: "ARCHIVING" })), "stop"],
    ["ARCHIVED is no wait", ours(made({ tableStatus: "ARCHIVED" })), "stop"],
    ["TTL comes first", ours(made()), "run UpdateTimeToLive"],
    ["then recovery", ours(made({ ttl: allDone.ttl! })), "run UpdateContinuousBackups"],
    ["TTL that is ENABLING counts as on", ours(made(allDone)), "finish"],
    [
      "other keys than approved are no success",
      ours(made({ ...allDone, keys: { partitionKey: "x", sortKey: null } })),
      "stop",
    ],
    ["tags that do not show yet are waited for", ours(made({ ...allDone, tags: {} })), "wait settling"],
    ["nothing more to do is the end", ours(made({}, bare), { desired: bare }), "finish"],
  ]);
});

describe("what an endpoint lacks is listed, and is a fault on AWS", () => {
  const lost = made({ ...allDone, stream: { enabled: false, viewType: null, arn: null, label: null } });
  const late = { intentAt: ago(120), activeAt: ago(90) };
  const noTtl = { ttl: null, unsupportedReads: ["ttl" as const] };
  decide([
    ["a read it does not know", ours(made(noTtl), { endpoint: true }), "unsupported ttl"],
    [
      "no step for what is listed",
      ours(made(noTtl), { endpoint: true, desired: { ...desired, unsupported: ["ttl"] } }),
      "run UpdateContinuousBackups",
    ],
    ["a stream that was accepted and dropped", ours(lost, { endpoint: true }), "unsupported stream"],
    ["the same on AWS", ours(lost), "stop"],
    [
      "tags that never came",
      ours(made({ ...allDone, tags: {} }), { ...late, endpoint: true }),
      "unsupported tags",
    ],
    [
      "tags after 10 s: an endpoint that drops them",
      ours(made({ ...allDone, tags: {} }), { intentAt: ago(11), activeAt: ago(10), endpoint: true }),
      "unsupported tags",
    ],
    [
      "AWS gets a minute for them",
      ours(made({ ...allDone, tags: {} }), { intentAt: ago(60), activeAt: ago(59) }),
      "wait settling",
    ],
    ["the same on AWS, after the wait", ours(made({ ...allDone, tags: {} }), late), "stop"],
    [
      "with all that is lacking listed, the table is done",
      ours(lost, { endpoint: true, desired: { ...desired, unsupported: ["stream"] } }),
      "finish",
    ],
  ]);
});
