import { writeAudit } from "#lib/core/audit.ts";
import { inStatement, inTransaction } from "#lib/core/command.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { RequestState } from "#lib/requests/state.ts";
import { moveRequest } from "#lib/requests/store.ts";
import { provisioner } from "./store.ts";

const open = { state: { notIn: ["active", "failed"] } };

/**
 * Ends a request once none of its tables is waited for any more: completed when all are active, failed when one is
 * not. Each worker that ends a table calls it after its commit, so the last one finds everything ended.
 * Throws UNAVAILABLE when the database is away.
 */
export async function settleRequest(requestId: string): Promise<void> {
  const where = { requestId, ...open };
  if (await inStatement((db) => db.table.findFirst({ where, select: { id: true } }))) return;
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select id from request where id = ${requestId}::uuid for update`;
    await settleLocked(tx, requestId);
  });
}

async function settleLocked(tx: Tx, requestId: string): Promise<void> {
  const request = await tx.request.findUnique({
    where: { id: requestId },
    include: { tables: { select: { state: true, name: true } } },
  });
  const running = request && (request.state === "provisioning" || request.state === "approved");
  if (!running || request.tables.some(({ state }) => state !== "active" && state !== "failed")) return;
  const failed = request.tables.filter((table) => table.state === "failed").map((table) => table.name);
  const subject = { id: requestId, version: request.version };
  const state = request.state as RequestState;
  if (failed.length > 0) {
    await moveRequest(tx, { ...request, state }, "fail");
    await writeAudit(tx, provisioner, { event: "request.fail", data: { failed }, subject });
  } else {
    await moveRequest(tx, { ...request, state }, "complete");
    await writeAudit(tx, provisioner, {
      event: "request.complete",
      data: { tables: request.tables.length },
      subject,
    });
  }
}
