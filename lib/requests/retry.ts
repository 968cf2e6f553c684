import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/job.ts";
import type { Tx } from "#lib/infra/db.ts";
import { decisionInput } from "./approve.ts";
import { judgeWork } from "./judge.ts";
import { denialWords } from "./outcome.ts";
import { canCancelOrRetry } from "./policy.ts";
import { type LockedRequest, lockRequestFor, moveRequest } from "./store.ts";

/**
 * Runs the failed tables of a request again, each from the step that failed. The specs and the approval stay
 * as they are. Throws CONFLICT (stale version, not failed, a table is to be deleted, guardrails refuse one by now), FORBIDDEN.
 */
export const retryRequest = command({
  name: "request.retry",
  input: decisionInput,
  load: (tx, input, actor) => lockRequestFor(tx, "retry", input, actor),
  authorize: canCancelOrRetry,
  run: async ({ tx, input, subject }) => {
    const failed = subject.tables.filter((table) => table.state === "failed");
    await requireNotToBeDeleted(tx, subject.id);
    requireNotDenied(subject);
    const undeleted = subject.decommissions.filter(({ state }) => state === "failed");
    // A failed table that is pending again is the workers' sign to take its operation up.
    await tx.table.updateMany({
      where: { requestId: subject.id, state: "failed" },
      data: { state: "pending", problem: null },
    });
    await tx.decommission.updateMany({
      where: { requestId: subject.id, state: "failed" },
      data: { state: "pending", problem: null },
    });
    await moveRequest(tx, subject, "retry");
    await enqueue(tx, "provisioning.run", { requestId: subject.id });
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: { tables: [...failed, ...undeleted.map(({ table }) => table)].map(({ name }) => name) },
    };
  },
});

/**
 * Throws CONFLICT where another request is to delete one of the tables: no two may work on one. The rows stay locked,
 * so that nobody asks for it meanwhile.
 */
async function requireNotToBeDeleted(tx: Tx, requestId: string): Promise<void> {
  await tx.$queryRaw`select id from "table" where "requestId" = ${requestId}::uuid order by id for update`;
  const open = await tx.decommission.findFirst({
    where: { open: true, table: { requestId, state: { in: ["failed", "deleting"] } } },
    select: { table: { select: { name: true } }, request: { select: { number: true } } },
  });
  if (!open) return;
  const { table, request } = open;
  throw new AppError(
    "CONFLICT",
    `Request ${request.number} asks to delete ${table.name}. Cancel that one first, or wait until it is over.`,
  );
}

/**
 * Throws CONFLICT where guardrails of now refuse a table that is yet to be made. One that exists, or of which nobody
 * knows whether it does, is taken up whatever they say: only a worker can look.
 */
function requireNotDenied(request: LockedRequest): void {
  const tables = request.tables.filter(
    ({ state, identity, arn, operations }) =>
      state === "failed" &&
      identity === null &&
      arn === null &&
      operations.every(({ absentAt }) => absentAt === null),
  );
  const denial = denialNow({ ...request, tables });
  if (!denial) return;
  throw new AppError("CONFLICT", `${denial} Change the tables and submit the request again, or cancel it.`);
}

function denialNow(request: LockedRequest): string | null {
  try {
    return denialWords(judgeWork(request).findings);
  } catch (error) {
    // Where the configuration cannot say at all, each operation stops by itself and says why.
    if (error instanceof AppError) return null;
    throw error;
  }
}
