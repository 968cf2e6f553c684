import { inStatement } from "#lib/core/command.ts";
import { db } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { failDeletion } from "./deletion-store.ts";
import type { Observed, ObservedTable } from "./observed.ts";
import {
  aboutTable,
  at,
  ended,
  letGo,
  progress,
  seen,
  started,
  unfinished,
  type Work,
  workInclude,
} from "./progress-store.ts";
import { leaseSeconds } from "./state.ts";

/**
 * Takes those of the operations that are due and that nobody else holds, in one conditional update on the database's
 * clock, each with the next attempt. None of `ids` may run in the worker `owner` already: what it holds and does not
 * run was claimed by a call whose answer got lost. Rows that a rival is claiming are left to the rival.
 */
export async function claimOperations(owner: string, ids: readonly string[]): Promise<Work[]> {
  return inStatement(async (database) => {
    const claimed = await database.$queryRaw<{ id: string }[]>`
      with due as (
        select id from operation
        where id = any(${[...ids]}::uuid[])
          and state in ('queued', 'running', 'waiting')
          and ("leaseUntil" is null or "leaseUntil" < now() or "leaseOwner" = ${owner})
          and ("waitUntil" is null or "waitUntil" <= now())
        order by id for update skip locked)
      update operation o set
        state = 'running',
        attempt = attempt + 1,
        "leaseOwner" = ${owner},
        "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int),
        "waitUntil" = null,
        "updatedAt" = now()
      from due where o.id = due.id
      returning o.id`;
    if (claimed.length === 0) return [];
    const where = { id: { in: claimed.map((row) => row.id) } };
    return database.operation.findMany({ where, include: workInclude });
  });
}

/** Renews the leases a worker holds, all in one statement; answers the ids that are still its own. */
export async function renewLeases(held: readonly { id: string; attempt: number }[]): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    update operation o set "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int)
    from unnest(${held.map((one) => one.id)}::uuid[], ${held.map((one) => one.attempt)}::int[]) as mine(id, attempt)
    where o.id = mine.id and o.attempt = mine.attempt and o.state = 'running'
    returning o.id`;
  return new Set(rows.map((row) => row.id));
}

/** Gives claims back at once, as an orderly stop does: the next worker need not wait for the lease to run out. */
export async function releaseLeases(held: readonly { id: string; attempt: number }[]): Promise<void> {
  await db().$executeRaw`
    update operation o set state = 'queued', "leaseUntil" = null, "leaseOwner" = null
    from unnest(${held.map((one) => one.id)}::uuid[], ${held.map((one) => one.attempt)}::int[]) as mine(id, attempt)
    where o.id = mine.id and o.attempt = mine.attempt and o.state = 'running'`;
}

const { sql } = Prisma;
const notEnded = sql`state in ('pending', 'creating')`;

/** Commits the intent to create: from here on a table of this name may be ours. */
export async function commitIntent(work: Work, position: number, absentAt: Date): Promise<Date> {
  const intentAt = new Date();
  await progress(work, {
    operation: sql`"intentAt" = ${intentAt}, "absentAt" = ${absentAt}`,
    steps: [{ where: at(position), set: started }],
    table: { where: sql`state = 'pending'`, set: sql`state = 'creating'` },
    line: { event: "table.create", data: { name: work.table.name }, subject: aboutTable(work) },
  });
  return intentAt;
}

/** Takes back what would let a table count as ours without its tags: our CreateTable was refused. */
export async function recordRefusal(work: Work): Promise<void> {
  await progress(work, { operation: sql`"absentAt" = null` });
}

/** Commits the intent to run a later step, and what was seen until now; the steps before it are done. */
export async function commitStep(work: Work, position: number, observed: Observed): Promise<void> {
  await progress(work, {
    operation: sql`stalls = ${work.stalls}`,
    steps: [
      { where: sql`position < ${position} and ${unfinished}`, set: ended("done") },
      { where: at(position), set: started },
    ],
    table: { set: sql`${seen(observed)}, state = 'creating'` },
  });
}

/** Records which table is ours, as soon as it is known. */
export async function recordIdentity(work: Work, identity: string, observed: ObservedTable): Promise<void> {
  await progress(work, {
    operation: sql`stalls = 0`,
    table: { set: sql`identity = ${identity}, arn = ${observed.arn}, "awsStatus" = ${observed.tableStatus}` },
  });
}

/** Adds facets the endpoint does not support; their steps will not run. */
export async function markUnsupported(
  work: Work,
  unsupported: readonly string[],
  positions: readonly number[],
  message: string,
): Promise<void> {
  await progress(work, {
    operation: sql`stalls = 0`,
    steps: [{ where: sql`position = any(${[...positions]}::int[])`, set: ended("unsupported", message) }],
    table: { set: sql`unsupported = ${[...unsupported]}::text[]` },
  });
}

/** Notes why a step (null: the present one) does not get on yet, while the claim is kept. */
export async function noteStall(work: Work, position: number | null, message: string): Promise<void> {
  await progress(work, {
    operation: sql`stalls = ${work.stalls}, reason = ${message}`,
    steps: [
      {
        where: at(position),
        set: sql`message = ${message}, state = case state when 'pending' then 'waiting' else state end`,
      },
    ],
  });
}

/** Takes back what was noted about a wait that is over: the present step is as it was before. */
export async function noteEndOfWait(work: Work): Promise<void> {
  await progress(work, {
    operation: sql`reason = null`,
    steps: [
      {
        where: at(null),
        set: sql`message = null, "waitUntil" = null,
          state = case when "startedAt" is null then 'pending' else 'running' end`,
      },
    ],
  });
}

/** Lays the operation down until a moment that people can see. */
export async function layDown(
  work: Work,
  position: number | null,
  seconds: number,
  why: string,
): Promise<void> {
  const waitUntil = sql`"waitUntil" = now() + make_interval(secs => ${seconds}::float8)`;
  await progress(work, {
    operation: sql`state = 'waiting', ${waitUntil}, reason = ${why}, ${letGo}, stalls = ${work.stalls}`,
    steps: [{ where: at(position), set: sql`state = 'waiting', ${waitUntil}, message = ${why}` }],
  });
}

/** The end of an operation: the table is active. */
export async function finishOperation(
  work: Work,
  observed: ObservedTable,
  unsupported: readonly string[],
): Promise<void> {
  await progress(work, {
    operation: sql`state = 'done', reason = null, "waitUntil" = null, ${letGo}, stalls = 0`,
    steps: [{ where: unfinished, set: ended("done") }],
    table: { where: notEnded, set: sql`${seen(observed)}, state = 'active', problem = null` },
    line: {
      event: "table.activate",
      data: { name: work.table.name, unsupported: [...unsupported] },
      subject: aboutTable(work),
    },
  });
}

/** The end of an operation: it needs a person. */
export async function failOperation(
  work: Work,
  position: number | null,
  problem: string,
  { looked = false } = {},
): Promise<void> {
  if (work.decommission) return failDeletion(work, position, problem, { looked });
  // Whoever has looked knows that no CreateTable of ours is out with an unknown end.
  const known = looked ? sql`, "absentAt" = null` : Prisma.empty;
  await progress(work, {
    operation: sql`state = 'failed', reason = ${problem}, "waitUntil" = null, ${letGo}, stalls = 0${known}`,
    steps: [{ where: at(position), set: ended("failed", problem) }],
    table: { where: notEnded, set: sql`state = 'failed', problem = ${problem}` },
    line: { event: "table.fail", data: { name: work.table.name, problem }, subject: aboutTable(work) },
  });
}
