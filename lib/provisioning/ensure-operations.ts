import { writeAudit } from "#lib/core/audit.ts";
import { inTransaction } from "#lib/core/command.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { RequestState } from "#lib/requests/state.ts";
import { moveRequest } from "#lib/requests/store.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { plan } from "./plan.ts";
import { provisioner } from "./store.ts";

/**
 * Makes the operations and steps that the tables of an approved request lack, takes failed ones up again whose table
 * is pending, and moves the request to provisioning. Does nothing for a request in another state or an environment
 * that is paused. One whose environment has left the configuration starts all the same: its operations stop and say
 * so. Any number of workers may call it at once.
 * Answers the ids of the operations that are ready to run.
 */
export async function ensureOperations(requestId: string): Promise<string[]> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select id from request where id = ${requestId}::uuid for update`;
    const request = await tx.request.findUnique({
      where: { id: requestId },
      include: { tables: { where: { state: "pending" }, include: { operation: true } } },
    });
    if (!request || (request.state !== "approved" && request.state !== "provisioning")) return [];
    const environment = getConfig().environments.find((one) => one.name === request.environment);
    if (environment?.paused) return [];

    const state = request.state as RequestState;
    if (state === "approved") {
      await moveRequest(tx, { ...request, state }, "start");
      const subject = { id: request.id, version: request.version };
      await writeAudit(tx, provisioner, { event: "request.start", data: {}, subject });
    }
    const missing = request.tables.filter((table) => table.operation === null);
    const made = missing.map((table) => ({ id: crypto.randomUUID(), requestId, tableId: table.id, table }));
    await tx.operation.createMany({ data: made.map(({ table: _, ...operation }) => operation) });
    await tx.step.createMany({ data: made.flatMap(({ id, table }) => stepsOf(id, table)) });
    const failed = request.tables.filter((table) => table.operation?.state === "failed");
    await takeUpAgain(
      tx,
      failed.map((table) => table.operation!.id),
    );
    const queued = request.tables.filter((table) => table.operation?.state === "queued");
    return [
      ...made.map((operation) => operation.id),
      ...[...failed, ...queued].map((table) => table.operation!.id),
    ];
  });
}

/** One step a planned call, for people to follow; the worker plans anew before each. */
function stepsOf(operationId: string, table: { name: string; spec: unknown }) {
  const desired = { name: table.name, spec: table.spec as TableSpec, tags: {}, unsupported: [] };
  return plan(desired, { exists: false }).map(({ call, summary }, position) => ({
    operationId,
    position,
    call,
    summary,
  }));
}

async function takeUpAgain(tx: Tx, ids: string[]): Promise<void> {
  const data = { state: "queued", waitUntil: null, leaseUntil: null, reason: null, stalls: 0 };
  await tx.operation.updateMany({ where: { id: { in: ids }, state: "failed" }, data });
  await tx.step.updateMany({
    where: { operationId: { in: ids }, state: { notIn: ["done", "unsupported"] } },
    data: { state: "pending", endedAt: null, waitUntil: null, message: null },
  });
}
