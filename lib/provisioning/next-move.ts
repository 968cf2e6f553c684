import { absentFacets, settled, stuck } from "./completion.ts";
import { keysMatch, type Mismatch, mismatches } from "./mismatches.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import { type Desired, type PlannedCall, plan } from "./plan.ts";
import { endpointTagSeconds, settlingSeconds } from "./state.ts";

/** What is known of one table when a worker decides what to do next. */
export type Facts = {
  desired: Desired;
  observed: Observed;
  /** The value of our tag `tablewright:table-id`. */
  tableId: string;
  /** `TableId`, or the creation time where the endpoint has none, once recorded as ours. */
  identity: string | null;
  /** When the intent to create was committed last; null before the first CreateTable. */
  intentAt: Date | null;
  /** When DescribeTable said "not found" just before that; null again once that CreateTable was refused. */
  absentAt: Date | null;
  /** When the table was first seen ACTIVE; null before. */
  activeAt: Date | null;
  /** Not AWS: what is missing here is "not supported", on AWS it is a fault. */
  endpoint: boolean;
  now: Date;
};

/** The one thing to do next. `wait` is no failure; `stop` needs a person. */
export type Move =
  | { do: "run"; call: PlannedCall }
  | { do: "recognise"; identity: string }
  | { do: "wait"; why: string; poll: "creating" | "settling" }
  | { do: "unsupported"; facets: Facet[] }
  | { do: "stop"; why: string }
  | { do: "finish" };

export const tableIdTag = "tablewright:table-id";

/** Decides from what was observed; pure, so that every case is a line in a test. */
export function nextMove(facts: Facts): Move {
  const { observed, identity } = facts;
  if (!observed.exists) return whenAbsent(facts);
  if (identity === null) return whenUnknown(facts, observed);
  if (identityOf(observed) !== identity) {
    return {
      do: "stop",
      why: `Another table has the name ${facts.desired.name} now: the one we made is gone. It was not touched.`,
    };
  }
  return whenOurs(facts, observed);
}

/** What tells this table from any other of its name. */
export function identityOf(observed: ObservedTable): string | null {
  return observed.tableId ?? observed.createdAt;
}

function whenAbsent({ desired, identity, intentAt, now, observed }: Facts): Move {
  if (identity === null) return { do: "run", call: plan(desired, observed)[0]! };
  if (intentAt && secondsSince(intentAt, now) < settlingSeconds) {
    return { do: "wait", why: "DynamoDB does not show the new table yet", poll: "settling" };
  }
  return { do: "stop", why: `The table ${desired.name} was deleted outside Tablewright.` };
}

/** There is a table, and we do not know yet whether our CreateTable made it. */
function whenUnknown(facts: Facts, observed: ObservedTable): Move {
  const { desired, intentAt, tableId } = facts;
  const taken: Move = {
    do: "stop",
    why: `The name ${desired.name} is taken: a table that Tablewright did not make has it. It was not touched. Choose another key, or ask whoever looks after that table.`,
  };
  const identity = identityOf(observed);
  if (intentAt === null || identity === null) return taken;
  if (observed.unsupportedReads.includes("tags") || desired.unsupported.includes("tags")) {
    return madeByUs(facts, observed) ? { do: "recognise", identity } : taken;
  }
  const tags = observed.tags ?? {};
  if (tags[tableIdTag] === tableId) return { do: "recognise", identity };
  if (Object.keys(tags).length > 0) return taken;
  if (tagsMayCome(facts)) {
    return { do: "wait", why: "Reading whose table this is: its tags do not show yet", poll: "settling" };
  }
  return taken;
}

/** Without tags: absent just before our CreateTable, created after that and soon, and with the keys of the spec. */
function madeByUs({ desired, absentAt, intentAt }: Facts, observed: ObservedTable): boolean {
  if (absentAt === null || intentAt === null || observed.createdAt === null) return false;
  const createdAt = new Date(observed.createdAt);
  // Emulators round CreationDateTime to the second.
  const earliest = Math.floor(absentAt.getTime() / 1000) * 1000;
  const soon = secondsSince(intentAt, createdAt) < settlingSeconds;
  return createdAt.getTime() >= earliest && soon && keysMatch(desired.spec, observed);
}

function whenOurs(facts: Facts, observed: ObservedTable): Move {
  const { desired, endpoint, tableId } = facts;
  const { tags } = observed;
  if (tags !== null && Object.keys(tags).length > 0 && tags[tableIdTag] !== tableId) {
    return {
      do: "stop",
      why: `The table ${desired.name} does not carry our tag ${tableIdTag} any more. It was not touched.`,
    };
  }
  const problem = stuck(observed);
  if (problem) return { do: "stop", why: problem };
  if (observed.tableStatus === "DELETING") {
    return { do: "stop", why: `The table ${desired.name} is being deleted outside Tablewright.` };
  }
  if (!settled(observed))
    return { do: "wait", why: `The table is ${observed.tableStatus}`, poll: "creating" };

  const unread = observed.unsupportedReads.filter((facet) => !desired.unsupported.includes(facet));
  if (unread.length > 0) return { do: "unsupported", facets: unread };
  const differing = mismatches(desired, observed);
  if (differing.length > 0) return { do: "stop", why: mismatchWords(desired.name, differing) };
  const [call] = plan(desired, observed);
  if (call) return { do: "run", call };

  const absent = absentFacets(desired, observed);
  if (absent.length === 0) return { do: "finish" };
  if (absent.includes("tags") && tagsMayCome(facts, endpoint ? endpointTagSeconds : settlingSeconds))
    return { do: "wait", why: "The tags do not show yet", poll: "settling" };
  if (endpoint) return { do: "unsupported", facets: absent };
  return {
    do: "stop",
    why: `AWS accepted the table without an error, but these settings are not there: ${absent.join(", ").replaceAll("_", " ")}.`,
  };
}

function mismatchWords(name: string, differing: Mismatch[]): string {
  const words = differing.map(
    ({ path, wanted, found }) =>
      `${path.slice(1)} should be ${JSON.stringify(wanted)} and is ${JSON.stringify(found)}`,
  );
  return `The table ${name} is not as approved: ${words.join("; ")}.`;
}

/**
 * ListTagsOfResource is eventually consistent, and may not know a table at all before it is ACTIVE: the minute for
 * which empty tags mean nothing begins when the table was created, or seen ACTIVE, whichever was later.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
 */
function tagsMayCome({ observed, intentAt, activeAt, now }: Facts, seconds = settlingSeconds): boolean {
  if (observed.exists && (observed.tableStatus === "CREATING" || observed.tableStatus === "UPDATING"))
    return true;
  return [intentAt, activeAt].some((then) => then !== null && secondsSince(then, now) < seconds);
}

function secondsSince(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1000;
}
