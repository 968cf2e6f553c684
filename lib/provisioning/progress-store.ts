import type { SystemActor } from "#lib/core/actor.ts";
import { type AuditEntry, insertAudit } from "#lib/core/audit.ts";
import { inStatement } from "#lib/core/command.ts";
import { keptMark } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { Observed } from "./observed.ts";

/** The actor of every line a worker writes. */
export const provisioner: SystemActor = { kind: "system", job: "provisioning" };

/** The rows a `Work` is made of. */
export const workInclude = {
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
export const started = sql`state = 'running', attempts = attempts + 1, "startedAt" = coalesce("startedAt", now()),
  "waitUntil" = null, message = null`;
export const ended = (state: "done" | "failed" | "unsupported", message: string | null = null) =>
  sql`state = ${state}, "endedAt" = now(), "waitUntil" = null, message = ${message}`;
export const letGo = sql`"leaseUntil" = null, "leaseOwner" = null`;

/** What a worker saw, as assignments for the table's row. */
export function seen(observed: Observed): Prisma.Sql {
  if (!observed.exists) return sql`"observedAt" = now(), "awsStatus" = null`;
  return sql`observed = ${JSON.stringify(observed)}::jsonb, "observedAt" = now(),
    "awsStatus" = ${observed.tableStatus}, arn = ${observed.arn},
    "streamArn" = ${observed.stream.enabled ? observed.stream.arn : null}`;
}
