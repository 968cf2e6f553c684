import { anchorText, type Link, origin, sealHash } from "./seal.ts";
import { auditHead, overdueEvents, type SealRow, sealsBehind } from "./seal-store.ts";

const pageSize = 2_000;
/** Workers seal every two seconds; what has no seal after this many minutes is told. */
const overdueMinutes = 10;
/** How much earlier than an event before it an event may say to have happened: transactions end within seconds. */
const backdatedMilliseconds = 10 * 60_000;

/** `problem`: the first bad place, in a sentence or two; null where the chain is whole. */
export type Verdict = { events: number; head: Link; problem: string | null };

/**
 * Walks the chain of seals and compares each with its event: finds what was changed, deleted, reordered or slipped in.
 * Events of the last seconds may not be sealed yet.
 * @param from where to begin: a place of the chain that was kept elsewhere; older events are not looked at.
 * @param expect a place that the chain must go through. It finds what else nothing can: a chain cut off at its end,
 * or made anew as a whole.
 */
export async function verifyAudit({
  from = origin,
  expect,
}: {
  from?: Link;
  expect?: Link;
} = {}): Promise<Verdict> {
  const walk: Walk = { events: 0, head: from, latest: 0 };
  const stop = (problem: string): Verdict => ({ events: walk.events, head: walk.head, problem });
  const broken = (await missedAnchor(from)) ?? (expect && (await missedAnchor(expect)));
  if (broken) return stop(broken);
  for (;;) {
    const page = await sealsBehind(walk.head.seq, pageSize);
    for (const row of page) {
      const problem = problemOf(row, walk);
      if (problem) return stop(problem);
      walk.events += 1;
      walk.head = { seq: row.seq, hash: row.hash };
      walk.latest = Math.max(walk.latest, row.at!.getTime());
    }
    if (page.length < pageSize) break;
  }
  const { count, first } = await overdueEvents(overdueMinutes);
  if (count === 0) return { events: walk.events, head: walk.head, problem: null };
  return stop(
    `${count} events older than ${overdueMinutes} minutes have no seal, the first of them event ${first}. ` +
      "Either no worker has been running, and one that starts seals them, or their seals were deleted.",
  );
}

/** `latest`: the latest time an event so far has, in milliseconds. */
type Walk = { events: number; head: Link; latest: number };

function problemOf({ seq, eventId, hash, event, at }: SealRow, { head, latest }: Walk): string | null {
  if (seq !== head.seq + 1n)
    return `Seal ${head.seq + 1n} is missing: it was deleted, or its number was changed.`;
  if (!event || !at)
    return `Event ${eventId} is missing: it was deleted, or its number was changed (seal ${seq}).`;
  if (hash !== sealHash(head, event))
    return `Event ${eventId} is not what was sealed: it, its place in the order, or its seal ${seq} was changed.`;
  if (at.getTime() < latest - backdatedMilliseconds)
    return (
      `Event ${eventId} says ${at.toISOString()}, and was sealed (seal ${seq}) after events of ` +
      `${new Date(latest).toISOString()}: it was put in later, or the database's clock was set back.`
    );
  return null;
}

async function missedAnchor(anchor: Link): Promise<string | null> {
  if (anchor.seq === 0n) return null;
  const [row] = await sealsBehind(anchor.seq - 1n, 1);
  if (row?.seq === anchor.seq && row.hash === anchor.hash) return null;
  const head = await auditHead();
  if (head.seq < anchor.seq)
    return `The chain ends at seal ${head.seq}, before the one that was kept (${anchorText(anchor)}): its end was deleted.`;
  return `Seal ${anchor.seq} is not the one that was kept (${anchorText(anchor)}): the chain was changed before it.`;
}
