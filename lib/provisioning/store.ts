import type { SystemActor } from "#lib/core/actor.ts";
import { type AuditEntry, writeAudit } from "#lib/core/audit.ts";
import { inTransaction } from "#lib/core/command.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { Observed, ObservedTable } from "./observed.ts";
import { leaseSeconds, type OperationState } from "./state.ts";

/** The actor of every line a worker writes. */
export const provisioner: SystemActor = { kind: "system", job: "provisioning" };

const workInclude = {
  steps: { orderBy: { position: "asc" } },
  table: { include: { request: { select: { state: true, requester: { select: { email: true } } } } } },
} as const satisfies Prisma.OperationInclude;

/** An operation with what a worker needs to go on with it. `attempt` is the fence of this claim. */
export type Work = Prisma.OperationGetPayload<{ include: typeof workInclude }>;

/** Another worker has taken the operation: whoever meets this says nothing and goes. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/**
 * Takes those of the operations that are due and that nobody holds, in one conditional update on the database's
 * clock, each with the next attempt.
 */
export async function claimOperations(owner: string, ids: readonly string[]): Promise<Work[]> {
  const claimed = await db().$queryRaw<{ id: string }[]>`
    update operation set
      state = 'running',
      attempt = attempt + 1,
      "leaseOwner" = ${owner},
      "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int),
      "waitUntil" = null,
      "updatedAt" = now()
    where id = any(${[...ids]}::uuid[])
      and state in ('queued', 'running', 'waiting')
      and ("leaseUntil" is null or "leaseUntil" < now())
      and ("waitUntil" is null or "waitUntil" <= now())
    returning id`;
  if (claimed.length === 0) return [];
  return db().operation.findMany({
    where: { id: { in: claimed.map((row) => row.id) } },
    include: workInclude,
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

/** The fence: changes the operation if this claim still holds, in the caller's transaction. Throws Overtaken. */
async function fence(tx: Tx, work: Work, data: Prisma.OperationUpdateManyMutationInput): Promise<void> {
  const { count } = await tx.operation.updateMany({
    where: { id: work.id, attempt: work.attempt, state: "running" },
    data,
  });
  if (count !== 1) throw new Overtaken();
}

const aboutTable = (work: Work) => ({ id: work.table.id, requestId: work.requestId });

/** Commits the intent to create: from here on a table of this name may be ours. */
export async function commitIntent(work: Work, position: number, absentAt: Date): Promise<Date> {
  const intentAt = new Date();
  await inTransaction(async (tx) => {
    await fence(tx, work, { intentAt, absentAt });
    await startStep(tx, work, position);
    const { count } = await tx.table.updateMany({
      where: { id: work.table.id, state: "pending" },
      data: { state: "creating" },
    });
    if (count === 1) {
      await writeAudit(tx, provisioner, {
        event: "table.create",
        data: { name: work.table.name },
        subject: aboutTable(work),
      });
    }
  });
  return intentAt;
}

/** Commits the intent to run a later step, and what was seen until now; the steps before it are done. */
export async function commitStep(work: Work, position: number, observed: Observed): Promise<void> {
  await inTransaction(async (tx) => {
    await fence(tx, work, { stalls: work.stalls });
    await endSteps(tx, work, { lt: position }, "done");
    await tx.table.updateMany({
      where: { id: work.table.id },
      data: { ...seen(observed), state: "creating" },
    });
    await startStep(tx, work, position);
  });
}

async function startStep(tx: Tx, work: Work, position: number): Promise<void> {
  const where = { operationId: work.id, position };
  await tx.step.updateMany({ where: { ...where, startedAt: null }, data: { startedAt: new Date() } });
  await tx.step.updateMany({
    where,
    data: { state: "running", attempts: { increment: 1 }, waitUntil: null, message: null },
  });
}

/** Records which table is ours, as soon as it is known. */
export async function recordIdentity(work: Work, identity: string, observed: ObservedTable): Promise<void> {
  await inTransaction(async (tx) => {
    await fence(tx, work, { stalls: 0 });
    await tx.table.updateMany({
      where: { id: work.table.id },
      data: { identity, arn: observed.arn, awsStatus: observed.tableStatus },
    });
  });
}

async function endSteps(tx: Tx, work: Work, position: Prisma.IntFilter, state: string): Promise<void> {
  await tx.step.updateMany({
    where: { operationId: work.id, position, state: { notIn: ["done", "unsupported"] } },
    data: { state, endedAt: new Date(), waitUntil: null },
  });
}

/** Adds facets the endpoint does not support; their steps will not run. */
export async function markUnsupported(
  work: Work,
  unsupported: readonly string[],
  positions: readonly number[],
  message: string,
): Promise<void> {
  await inTransaction(async (tx) => {
    await fence(tx, work, { stalls: 0 });
    await tx.table.updateMany({ where: { id: work.table.id }, data: { unsupported: [...unsupported] } });
    await tx.step.updateMany({
      where: { operationId: work.id, position: { in: [...positions] } },
      data: { state: "unsupported", endedAt: new Date(), waitUntil: null, message },
    });
  });
}

/** Notes why the present step does not get on yet, while the claim is kept. */
export async function noteStall(work: Work, position: number | null, message: string): Promise<void> {
  await inTransaction(async (tx) => {
    await fence(tx, work, { stalls: work.stalls, reason: message });
    if (position !== null) {
      await tx.step.updateMany({ where: { operationId: work.id, position }, data: { message } });
    }
  });
}

/** Lays the operation down until a moment that people can see. */
export async function layDown(
  work: Work,
  position: number | null,
  seconds: number,
  why: string,
): Promise<void> {
  const waitUntil = new Date(Date.now() + seconds * 1000);
  await inTransaction(async (tx) => {
    await fence(tx, work, {
      state: "waiting" satisfies OperationState,
      waitUntil,
      reason: why,
      leaseUntil: null,
      leaseOwner: null,
      stalls: work.stalls,
    });
    if (position !== null) {
      await tx.step.updateMany({
        where: { operationId: work.id, position },
        data: { state: "waiting", waitUntil, message: why },
      });
    }
  });
}

/** The end of an operation: the table is active. */
export async function finishOperation(
  work: Work,
  observed: ObservedTable,
  unsupported: readonly string[],
): Promise<void> {
  await endOperation(
    work,
    "done",
    null,
    async (tx) => {
      await endSteps(tx, work, { gte: 0 }, "done");
      return tx.table.updateMany({
        where: { id: work.table.id, state: { in: ["pending", "creating"] } },
        data: { ...seen(observed), state: "active", problem: null },
      });
    },
    {
      event: "table.activate",
      data: { name: work.table.name, unsupported: [...unsupported] },
      subject: aboutTable(work),
    },
  );
}

/** The end of an operation: it needs a person. */
export async function failOperation(work: Work, position: number | null, problem: string): Promise<void> {
  await endOperation(
    work,
    "failed",
    problem,
    async (tx) => {
      if (position !== null) {
        await tx.step.updateMany({
          where: { operationId: work.id, position },
          data: { state: "failed", endedAt: new Date(), waitUntil: null, message: problem },
        });
      }
      return tx.table.updateMany({
        where: { id: work.table.id, state: { in: ["pending", "creating"] } },
        data: { state: "failed", problem },
      });
    },
    { event: "table.fail", data: { name: work.table.name, problem }, subject: aboutTable(work) },
  );
}

async function endOperation(
  work: Work,
  state: OperationState,
  reason: string | null,
  change: (tx: Tx) => Promise<{ count: number }>,
  line: AuditEntry,
): Promise<void> {
  await inTransaction(async (tx) => {
    await fence(tx, work, { state, reason, leaseUntil: null, leaseOwner: null, waitUntil: null, stalls: 0 });
    const { count } = await change(tx);
    if (count === 1) await writeAudit(tx, provisioner, line);
  });
}

/** What a worker saw, as the table's row keeps it. */
export function seen(observed: Observed): Prisma.TableUpdateManyMutationInput {
  const observedAt = new Date();
  if (!observed.exists) return { observedAt, awsStatus: null };
  return {
    observed: observed as object,
    observedAt,
    awsStatus: observed.tableStatus,
    arn: observed.arn,
    streamArn: observed.stream.enabled ? observed.stream.arn : null,
  };
}
