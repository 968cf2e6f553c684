import type { SystemActor } from "#lib/core/actor.ts";
import { type AuditEntry, insertAudit } from "#lib/core/audit.ts";
import { inStatement } from "#lib/core/command.ts";
import { db, keptMark } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { Observed, ObservedTable } from "./observed.ts";
import { leaseSeconds } from "./state.ts";

/** The actor of every line a worker writes. */
export const provisioner: SystemActor = { kind: "system", job: "provisioning" };

const workInclude = {
  steps: { orderBy: { position: "asc" } },
  table: true,
  request: { select: { state: true, requester: { select: { email: true } } } },
  decommission: { select: { unprotect: true } },
} as const satisfies Prisma.OperationInclude;

/**
 * An operation with what a worker needs to go on with it. `attempt` is the fence of this claim; `decommission` is null
 * where the table is to be made.
 */
export type Work = Prisma.OperationGetPayload<{ include: typeof workInclude }>;

/** Another worker has taken the operation: whoever meets this says nothing and goes. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

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

/** The parts of one step forward: assignments for the rows of the operation, its steps and its table. */
type Progress = {
  operation: Prisma.Sql;
  /** Each with the condition that picks the steps. */
  steps?: { where: Prisma.Sql; set: Prisma.Sql }[];
  table?: { where?: Prisma.Sql; set: Prisma.Sql };
  /** The row that asks for the table's deletion. */
  decommission?: { where?: Prisma.Sql; set: Prisma.Sql };
  /**
   * Written if the row of the decommission changed, or, where there is none, the table's: a transition leaves one line,
   * however often it is tried.
   */
  line?: AuditEntry;
};

/**
 * Moves an operation on in one statement, which is a transaction by itself: the fence, then steps, table and audit
 * if the claim still holds. Throws Overtaken if it does not.
 */
export async function progress(
  work: Work,
  { operation, steps = [], table, decommission, line }: Progress,
): Promise<void> {
  const stepUpdates = steps.map(
    ({ where, set }, index) => sql`, ${Prisma.raw(`steps${index}`)} as (
      update step set ${set} where "operationId" in (select id from fenced) and ${where})`,
  );
  const tableUpdate = table
    ? sql`, moved as (
      update "table" set ${table.set}, "updatedAt" = now()
      where id = ${work.table.id}::uuid and exists (select 1 from fenced) and ${table.where ?? sql`true`}
      returning id)`
    : Prisma.empty;
  const askedUpdate = decommission
    ? sql`, asked as (
      update decommission set ${decommission.set}
      where "operationId" in (select id from fenced) and ${decommission.where ?? sql`true`}
      returning 1)`
    : Prisma.empty;
  const changed = decommission ? sql`select * from asked` : sql`select id from moved`;
  const told = line ? sql`, told as (${insertAudit(provisioner, line, changed)})` : Prisma.empty;
  const rows = await inStatement(
    (database) =>
      database.$queryRaw<{ id: string }[]>`${Prisma.raw(keptMark)}
      with fenced as (
        update operation set ${operation}, "updatedAt" = now()
        where id = ${work.id}::uuid and attempt = ${work.attempt} and state = 'running'
        returning id)
      ${stepUpdates.length > 0 ? Prisma.join(stepUpdates, "") : Prisma.empty}
      ${tableUpdate}
      ${askedUpdate}
      ${told}
      select id from fenced`,
  );
  if (rows.length !== 1) throw new Overtaken();
}

export const aboutTable = (work: Work) => ({ id: work.table.id, requestId: work.requestId });
export const unfinished = sql`state not in ('done', 'unsupported')`;
/** The step at `position`; null: the first that is not over, which is what a failure to read, or a wait, is about. */
export const at = (position: number | null) =>
  position === null
    ? sql`position = (
        select min(other.position) from step other
        where other."operationId" = step."operationId" and other.state not in ('done', 'unsupported'))`
    : sql`position = ${position}`;
const notEnded = sql`state in ('pending', 'creating')`;
export const started = sql`state = 'running', attempts = attempts + 1, "startedAt" = coalesce("startedAt", now()),
  "waitUntil" = null, message = null`;
export const ended = (state: "done" | "failed" | "unsupported", message: string | null = null) =>
  sql`state = ${state}, "endedAt" = now(), "waitUntil" = null, message = ${message}`;
export const letGo = sql`"leaseUntil" = null, "leaseOwner" = null`;

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

/**
 * The end of a deletion that needs a person. Whoever has looked knows that no DeleteTable is out with an unknown end,
 * and the table is again what it was; else it stays `deleting` until somebody looks.
 */
async function failDeletion(
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

/** What a worker saw, as assignments for the table's row. */
export function seen(observed: Observed): Prisma.Sql {
  if (!observed.exists) return sql`"observedAt" = now(), "awsStatus" = null`;
  return sql`observed = ${JSON.stringify(observed)}::jsonb, "observedAt" = now(),
    "awsStatus" = ${observed.tableStatus}, arn = ${observed.arn},
    "streamArn" = ${observed.stream.enabled ? observed.stream.arn : null}`;
}
