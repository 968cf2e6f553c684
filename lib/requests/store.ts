import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/job.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Tx } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { canSee, type RequestSubject } from "./policy.ts";
import type { Requirement } from "./schema.ts";
import { type RequestEvent, type RequestState, transitions } from "./state.ts";

export type LockedRequest = Awaited<ReturnType<typeof readRequest>>;

/**
 * The request with its row locked until the transaction ends, so that decisions come one after another.
 * Throws NOT_FOUND when there is none or the actor may not see it.
 */
export async function lockRequest(tx: Tx, id: string, actor: Actor): Promise<LockedRequest> {
  await tx.$queryRaw`select id from request where id = ${id}::uuid for update`;
  const request = await readRequest(tx, id);
  if (!canSee(actor, request)) throw notFound();
  return request;
}

/** As `lockRequest`, and with the state an event needs and the version the caller saw, or CONFLICT. */
export async function lockRequestFor(
  tx: Tx,
  event: RequestEvent,
  input: { id: string; version: number },
  actor: Actor,
): Promise<LockedRequest> {
  const request = await lockRequest(tx, input.id, actor);
  requireState(request, event);
  if (request.version !== input.version) {
    throw new AppError(
      "CONFLICT",
      `This request changed since you opened it: it is at version ${request.version}, you saw version ${input.version}. Look at it again.`,
    );
  }
  return request;
}

/** Throws CONFLICT unless `event` can happen in the request's state. */
export function requireState(request: { state: RequestState; number: number }, event: RequestEvent): void {
  if ((transitions[event].from as readonly RequestState[]).includes(request.state)) return;
  throw impossible(request.number, request.state, event);
}

function impossible(number: number, state: string, event: RequestEvent): AppError {
  const message = `Request ${number} is ${state.replace("_", " ")}; ${event.replace("-", " ")} is not possible now.`;
  return new AppError("CONFLICT", message);
}

/**
 * The one way a request changes state: conditional on the states the event may happen in. It is nobody's turn any more,
 * unless `change` says whose.
 * Throws CONFLICT when a rival moved it first.
 */
export async function moveRequest(
  tx: Tx,
  request: { id: string; state: RequestState; number: number },
  event: RequestEvent,
  change: Omit<Prisma.RequestUpdateManyMutationInput, "state"> = {},
): Promise<void> {
  const { from, to } = transitions[event];
  const { count } = await tx.request.updateMany({
    where: { id: request.id, state: { in: [...from] } },
    data: { turn: null, ...change, state: to },
  });
  if (count === 1) return;
  const now = await tx.request.findUnique({ where: { id: request.id }, select: { state: true } });
  throw impossible(request.number, now?.state ?? "gone", event);
}

/** The way of a request whose approval rule asks nobody: waiting, and approved in the same moment. */
export async function approveByRule(
  tx: Tx,
  request: { id: string; number: number },
  approvedAt: Date,
): Promise<void> {
  await moveRequest(tx, { ...request, state: "submitted" }, "approve", { approvedAt });
  await enqueue(tx, "provisioning.run", { requestId: request.id });
}

/**
 * Deletes nothing: the tables of a request that never came to exist give their names back, and those it asked to delete
 * may be asked for again.
 */
export async function releaseTables(tx: Tx, requestId: string): Promise<void> {
  await tx.decommission.updateMany({ where: { requestId, open: true }, data: { open: false } });
  await tx.table.updateMany({ where: { requestId, identity: null, arn: null }, data: { holdsName: false } });
}

/**
 * Throws CONFLICT while it is not known whether one of the tables exists: a CreateTable (or DeleteTable) went out, and
 * no worker could look what became of it. Its name must not be given back, nor its row go, or the table would be nobody's.
 */
export function requireKnownOutcomes(request: LockedRequest): void {
  if (request.state !== "failed") return;
  const made = request.tables.find(
    (table) => table.identity === null && table.operations.some((one) => one.absentAt !== null),
  );
  const deleted = request.decommissions.find(
    ({ state, operation }) => state === "failed" && operation?.intentAt,
  );
  const unknown = made ?? deleted?.table;
  if (!unknown) return;
  const what = made ? "created" : "deleted";
  throw new AppError(
    "CONFLICT",
    `Nobody could see yet whether ${unknown.name} was ${what}: AWS did not answer. Retry, so that a worker looks.`,
  );
}

async function readRequest(tx: Tx, id: string) {
  const row = await tx.request.findUnique({
    where: { id },
    include: {
      tables: {
        orderBy: { key: "asc" },
        include: { operations: { where: { requestId: id }, select: { absentAt: true } } },
      },
      decommissions: {
        orderBy: { table: { key: "asc" } },
        include: {
          table: true,
          operation: { select: { id: true, state: true, intentAt: true, steps: true } },
        },
      },
      approvals: { orderBy: { at: "asc" } },
      requester: { select: { email: true, groups: true } },
    },
  });
  if (!row) throw notFound();
  const required = row.required as Requirement[];
  const subject: RequestSubject = {
    state: row.state as RequestState,
    version: row.version,
    project: row.project,
    requesterId: row.requesterId,
    required,
    given: row.approvals,
    selfApproval: getConfig().self_approval,
  };
  return { ...row, ...subject };
}

/** What is not there and what one may not see look the same. */
export function notFound(): AppError {
  return new AppError("NOT_FOUND", "There is no such request, or you may not see it.");
}

/** What the column `draft` holds once a request is submitted: SQL's null, not JSON's. */
export const noDraft = Prisma.DbNull;
