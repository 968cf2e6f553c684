import { writeAudit } from "#lib/core/audit.ts";
import { inTransaction } from "#lib/core/command.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Tx } from "#lib/infra/db.ts";
import { returnRequest } from "#lib/requests/return.ts";
import type { RequestState } from "#lib/requests/state.ts";
import { lockRequest, moveRequest } from "#lib/requests/store.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { whyNotBegin } from "./approved-plan.ts";
import { planDeletion } from "./deletion-plan.ts";
import { plan } from "./plan.ts";
import { provisioner } from "./progress-store.ts";

/**
 * Makes the operations and steps that the tables of an approved request lack, takes failed ones up again whose table
 * (or its deletion) is pending, and moves the request to provisioning. One that may not be made as it was approved is
 * sent back instead, before anything is. Does nothing for a request in another state or an environment
 * that is paused. One whose environment has left the configuration starts all the same: its operations stop and say
 * so. Any number of workers may call it at once.
 * Answers the ids of the operations that are ready to run.
 */
export async function ensureOperations(requestId: string): Promise<string[]> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select id from request where id = ${requestId}::uuid for update`;
    const request = await findPending(tx, requestId);
    if (!request || (request.state !== "approved" && request.state !== "provisioning")) return [];
    const environment = getConfig().environments.find((one) => one.name === request.environment);
    if (environment?.paused) return [];

    const state = request.state as RequestState;
    if (state === "approved") {
      const locked = await lockRequest(tx, requestId, provisioner);
      const refusal = whyNotBegin(locked);
      if (refusal) {
        await returnRequest(tx, provisioner, locked, refusal);
        return [];
      }
      await moveRequest(tx, { ...request, state }, "start");
      const subject = { id: request.id, version: request.version };
      await writeAudit(tx, provisioner, { event: "request.start", data: kindOf(request), subject });
    }
    const pending = pendingWork(request);
    const missing = pending.filter(({ operation }) => operation === null);
    const made = missing.map((one) => ({ ...one, id: crypto.randomUUID() }));
    await tx.operation.createMany({ data: made.map(({ id, tableId }) => ({ id, requestId, tableId })) });
    await tx.step.createMany({ data: made.flatMap(({ id, calls }) => stepsOf(id, calls)) });
    for (const { id, tableId, deletes } of made) {
      if (!deletes) continue;
      const asked = { requestId_tableId: { requestId, tableId } };
      await tx.decommission.update({ where: asked, data: { operationId: id } });
    }
    const operations = pending.flatMap(({ operation }) => operation ?? []);
    const failed = operations.filter(({ state }) => state === "failed");
    await takeUpAgain(
      tx,
      failed.map(({ id }) => id),
    );
    const queued = operations.filter(({ state }) => state === "queued");
    return [...made, ...failed, ...queued].map(({ id }) => id);
  });
}

/** The kind of a request as its audit tells it: only where it is not the usual one. */
export const kindOf = ({ kind }: { kind: string }): { kind?: string } => (kind === "create" ? {} : { kind });

type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>;

/** The request with what of it waits for a worker: tables to make, or tables to delete. */
function findPending(tx: Tx, requestId: string) {
  return tx.request.findUnique({
    where: { id: requestId },
    include: {
      tables: { where: { state: "pending" }, include: { operations: { where: { requestId } } } },
      decommissions: { where: { state: "pending" }, include: { table: true, operation: true } },
    },
  });
}

/** The calls are for people to follow, a step each; the worker plans anew before each. */
function pendingWork({ tables, decommissions }: Pending) {
  return [
    ...tables.map((table) => {
      const desired = { name: table.name, spec: table.spec as TableSpec, tags: {}, unsupported: [] };
      const [operation = null] = table.operations;
      return { tableId: table.id, operation, deletes: false, calls: plan(desired, { exists: false }) };
    }),
    ...decommissions.map(({ table, operation, unprotect }) => {
      const calls = planDeletion(table.name, { deletionProtection: unprotect });
      return { tableId: table.id, operation, deletes: true, calls };
    }),
  ];
}

function stepsOf(operationId: string, calls: readonly { call: string; summary: string }[]) {
  return calls.map(({ call, summary }, position) => ({ operationId, position, call, summary }));
}

async function takeUpAgain(tx: Tx, ids: string[]): Promise<void> {
  const data = { state: "queued", waitUntil: null, leaseUntil: null, reason: null, stalls: 0 };
  await tx.operation.updateMany({ where: { id: { in: ids }, state: "failed" }, data });
  await tx.step.updateMany({
    where: { operationId: { in: ids }, state: { notIn: ["done", "unsupported"] } },
    data: { state: "pending", endedAt: null, waitUntil: null, message: null },
  });
}
