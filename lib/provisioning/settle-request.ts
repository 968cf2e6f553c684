import { writeAudit } from "#lib/core/audit.ts";
import { inStatement, inTransaction } from "#lib/core/command.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { RequestState } from "#lib/requests/state.ts";
import { moveRequest } from "#lib/requests/store.ts";
import { kindOf } from "./ensure-operations.ts";
import { provisioner } from "./progress-store.ts";

/**
 * What is still waited for. A table that another request deletes meanwhile is not: this one has made it long ago, or
 * given it up.
 */
const open = { state: { in: ["pending", "creating", "deleting"] } };
const openTable = { state: { in: ["pending", "creating"] } };

/**
 * Ends a request once none of its tables is waited for any more: completed when all are active (or deleted, where that
 * was asked), failed when one is not. Each worker that ends a table calls it after its commit, so the last one finds everything ended.
 * Throws UNAVAILABLE when the database is away.
 */
export async function settleRequest(requestId: string): Promise<void> {
  const table = { where: { requestId, ...openTable }, select: { id: true } };
  if (await inStatement((db) => db.table.findFirst(table))) return;
  const asked = { where: { requestId, ...open }, select: { tableId: true } };
  if (await inStatement((db) => db.decommission.findFirst(asked))) return;
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select id from request where id = ${requestId}::uuid for update`;
    await settleLocked(tx, requestId);
  });
}

async function settleLocked(tx: Tx, requestId: string): Promise<void> {
  const request = await tx.request.findUnique({
    where: { id: requestId },
    include: {
      tables: { select: { state: true, name: true } },
      decommissions: { select: { state: true, table: { select: { name: true } } } },
    },
  });
  const running = request && (request.state === "provisioning" || request.state === "approved");
  if (!running) return;
  const { tables, decommissions } = request;
  if (tables.some(({ state }) => openTable.state.in.includes(state))) return;
  if (decommissions.some(({ state }) => open.state.in.includes(state))) return;
  const ended = [...tables, ...decommissions.map(({ state, table }) => ({ state, name: table.name }))];
  const failed = ended.filter(({ state }) => state === "failed").map(({ name }) => name);
  const subject = { id: requestId, version: request.version };
  const state = request.state as RequestState;
  if (failed.length > 0) {
    await moveRequest(tx, { ...request, state }, "fail");
    await writeAudit(tx, provisioner, { event: "request.fail", data: { failed }, subject });
  } else {
    await moveRequest(tx, { ...request, state }, "complete");
    await writeAudit(tx, provisioner, {
      event: "request.complete",
      data: { tables: ended.length, ...kindOf(request) },
      subject,
    });
  }
}
