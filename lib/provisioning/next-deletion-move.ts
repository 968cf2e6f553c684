import { settled, stuck } from "./completion.ts";
import { type DeletionCall, planDeletion } from "./deletion-plan.ts";
import { identityOf, tableIdTag } from "./next-move.ts";
import type { Observed, ObservedTable } from "./observed.ts";
import { endpointTagSeconds, goneSeconds, settlingSeconds } from "./state.ts";

/** What is known of a table that is to be deleted when a worker decides what to do next. */
export type DeletionFacts = {
  name: string;
  observed: Observed;
  /** The value of our tag `tablewright:table-id`. */
  tableId: string;
  /** `TableId`, or the creation time where the endpoint has none, as recorded; never null for one that may be deleted. */
  identity: string | null;
  /** The request that asks for it is approved and not over. */
  approved: boolean;
  /** The approved plan switches deletion protection off. */
  unprotect: boolean;
  /** The endpoint has no tags that could tell whose table it is; never so on AWS. */
  tagless: boolean;
  /** When the intent of the last DeleteTable that was not refused was committed; null before the first. */
  intentAt: Date | null;
  /** Since when this claim has seen the table ACTIVE, and since when no read has shown it. */
  activeAt: Date | null;
  goneAt: Date | null;
  now: Date;
};

/** The one thing to do next. `finish`: the table is gone. */
export type DeletionMove =
  | { do: "run"; call: DeletionCall }
  | { do: "wait"; why: string; poll: "creating" | "settling" }
  | { do: "stop"; why: string }
  | { do: "finish"; by: "us" | "others"; another: boolean };

/**
 * Decides from what was observed; pure, so that every case is a line in a test. DeleteTable goes out only for a table
 * that was just read as ours, by identity and by tag, and that nothing is moving in; and while it may still be out,
 * never again: a read that lags could show ours while somebody else's has its name already.
 */
export function nextDeletionMove(facts: DeletionFacts): DeletionMove {
  const { observed, identity, name } = facts;
  if (!facts.approved)
    return stop(`The request to delete ${name} is not approved. The table was not touched.`);
  if (identity === null)
    return stop(`It was never recorded which table ${name} is ours. Nothing was touched.`);
  if (!observed.exists) return whenGone(facts, false);
  if (observed.tableStatus === "DELETING") return wait(`The table is DELETING`);
  const found = identityOf(observed);
  if (found === null)
    return stop(`This endpoint does not tell which table ${name} is, so it was not touched.`);
  if (found !== identity) return whenGone(facts, true);
  return whenOurs(facts, observed);
}

const stop = (why: string): DeletionMove => ({ do: "stop", why });
const wait = (why: string, poll: "creating" | "settling" = "creating"): DeletionMove => ({
  do: "wait",
  why,
  poll,
});

/** One read may be wrong: gone is what no read has shown for some seconds. */
function whenGone({ goneAt, intentAt, now }: DeletionFacts, another: boolean): DeletionMove {
  if (goneAt === null || secondsSince(goneAt, now) < goneSeconds)
    return wait("The table does not show any more; looking again");
  return { do: "finish", by: intentAt === null ? "others" : "us", another };
}

function whenOurs(facts: DeletionFacts, observed: ObservedTable): DeletionMove {
  const { name, intentAt, now } = facts;
  if (intentAt !== null && secondsSince(intentAt, now) < settlingSeconds)
    return wait("DeleteTable was sent, and it does not show yet what became of it", "settling");
  const problem = stuck(observed);
  if (problem) return stop(`${problem} Tablewright deletes only tables that are ACTIVE.`);
  if (!settled(observed)) return wait("The table is still changing", "creating");
  const doubt = ownershipDoubt(facts, observed);
  if (doubt) return doubt;
  const [call] = planDeletion(name, observed);
  if (call!.call === "UpdateTable" && !facts.unprotect)
    return stop(
      `Deletion protection of ${name} was switched on after the request was made, so nobody approved switching it off. The table was not touched. Ask again, or switch it off by hand and retry.`,
    );
  return { do: "run", call: call! };
}

/** Why a table of our identity is not believed to be ours; null when its tag says so, or the endpoint has none. */
function ownershipDoubt(
  facts: DeletionFacts,
  { tags, unsupportedReads }: ObservedTable,
): DeletionMove | null {
  const { name, tableId, tagless, activeAt, now } = facts;
  if (tagless || unsupportedReads.includes("tags")) return null;
  if (tags?.[tableIdTag] === tableId) return null;
  const empty = tags === null || Object.keys(tags).length === 0;
  if (empty && (activeAt === null || secondsSince(activeAt, now) < endpointTagSeconds))
    return wait("Reading whose table this is: its tags do not show", "settling");
  return stop(
    `The table ${name} does not carry our tag ${tableIdTag} any more, so it was not deleted. Put the tag back (${tableId}) and retry, or cancel the request.`,
  );
}

function secondsSince(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1000;
}
