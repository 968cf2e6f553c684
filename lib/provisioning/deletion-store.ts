import { Prisma } from "#prisma/generated/client.ts";
import type { ObservedTable } from "./observed.ts";
import { aboutTable, at, ended, letGo, progress, started, unfinished, type Work } from "./progress-store.ts";

const { sql } = Prisma;

/** Commits the intent to switch deletion protection off. Throws Overtaken, as all of these do. */
export async function commitUnprotect(work: Work, position: number, observed: ObservedTable): Promise<void> {
  await progress(work, {
    operation: sql`stalls = ${work.stalls}`,
    steps: [{ where: at(position), set: started }],
    table: { set: seenInPart(observed) },
  });
}

/** Commits the intent to delete: from here on the table may be going. Answers the moment. */
export async function commitDeletion(work: Work, position: number, observed: ObservedTable): Promise<Date> {
  const intentAt = new Date();
  await progress(work, {
    operation: sql`"intentAt" = ${intentAt}, stalls = ${work.stalls}`,
    steps: [
      { where: sql`position < ${position} and ${unfinished}`, set: ended("done") },
      { where: at(position), set: started },
    ],
    table: { set: sql`${seenInPart(observed)}, state = 'deleting'` },
    decommission: { where: sql`state = 'pending'`, set: sql`state = 'deleting'` },
    line: { event: "table.delete", data: { name: work.table.name }, subject: aboutTable(work) },
  });
  return intentAt;
}

/** Takes the last intent back: that DeleteTable was refused, or was not sent after all. */
export async function recordNoDeletion(work: Work): Promise<void> {
  await progress(work, { operation: sql`"intentAt" = null` });
}

/** The end of an operation: the table is gone, and its name free. What was last seen of it stays. */
export async function finishDeletion(
  work: Work,
  how: { by: "us" | "others"; another: boolean },
): Promise<void> {
  await progress(work, {
    operation: sql`state = 'done', reason = null, "waitUntil" = null, ${letGo}, stalls = 0`,
    steps: [{ where: unfinished, set: ended("done", how.by === "others" ? "It was gone already" : null) }],
    table: {
      set: sql`state = 'deleted', "holdsName" = false, problem = null, "awsStatus" = null, "observedAt" = now()`,
    },
    decommission: {
      where: sql`state in ('pending', 'deleting')`,
      set: sql`state = 'deleted', open = false, problem = null`,
    },
    line: { event: "table.gone", data: { name: work.table.name, ...how }, subject: aboutTable(work) },
  });
}

/** What a worker saw; time to live and backups are not read for a deletion, so what was known of them stays. */
function seenInPart({ ttl: _ttl, backups: _backups, ...read }: ObservedTable): Prisma.Sql {
  return sql`observed = coalesce(observed, '{"ttl": null, "backups": null}'::jsonb) || ${JSON.stringify(read)}::jsonb,
    "observedAt" = now(), "awsStatus" = ${read.tableStatus}`;
}

/**
 * The end of a deletion that needs a person. Whoever has looked knows that no DeleteTable is out with an unknown end,
 * and the table is again what it was; else it stays `deleting` until somebody looks.
 */
export async function failDeletion(
  work: Work,
  position: number | null,
  problem: string,
  { looked }: { looked: boolean },
): Promise<void> {
  const known = looked ? sql`, "intentAt" = null` : Prisma.empty;
  const settled = looked
    ? sql`true`
    : sql`(select "intentAt" is null from operation where id = ${work.id}::uuid)`;
  await progress(work, {
    operation: sql`state = 'failed', reason = ${problem}, "waitUntil" = null, ${letGo}, stalls = 0${known}`,
    steps: [{ where: at(position), set: ended("failed", problem) }],
    table: {
      where: sql`state = 'deleting' and ${settled}`,
      set: sql`state = case when problem is null then 'active' else 'failed' end`,
    },
    decommission: {
      where: sql`state in ('pending', 'deleting')`,
      set: sql`state = 'failed', problem = ${problem}`,
    },
    line: { event: "table.fail", data: { name: work.table.name, problem }, subject: aboutTable(work) },
  });
}
