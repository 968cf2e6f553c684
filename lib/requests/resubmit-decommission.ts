import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/infra/db.ts";
import { refuseDenied, ruleRefusal } from "./assess.ts";
import { assessDecommission, deletionAskedId } from "./assess-decommission.ts";
import { openDecommissions } from "./decommission.ts";
import { canResubmit } from "./policy.ts";
import { resubmitDecommissionBody } from "./schema.ts";
import { type LockedRequest, lockRequestFor, requireKnownOutcomes } from "./store.ts";
import { submitAgain } from "./submit-again.ts";

/**
 * Edits a request to delete tables that waits, was sent back or failed: other keys, fresh evidence, and what was
 * approved is void. Tables that are deleted already stay on it.
 * Throws as `resubmitRequest` does.
 */
export const resubmitDecommission = command({
  name: "request.resubmit",
  input: resubmitDecommissionBody.extend({ id: z.guid() }),
  load: (tx, input, actor) => lockRequestFor(tx, "resubmit", input, actor),
  authorize: canResubmit,
  auditRefusal: (error, _input, subject) =>
    subject === undefined ? null : ruleRefusal(error, subject, { id: subject.id, version: subject.version }),
  run: async ({ tx, actor, input, subject }) => {
    requireKind(subject, "decommission");
    requireKnownOutcomes(subject);
    const gone = new Set(
      subject.decommissions.filter(({ state }) => state === "deleted").map(({ table }) => table.key),
    );
    const { project, environment } = subject;
    const tables = input.tables.filter((key) => !gone.has(key));
    const asked = { kind: "decommission", project, environment, tables } as const;
    const assessment = await assessDecommission(actor, asked, { exceptRequestId: subject.id, tx });
    refuseDenied(assessment, deletionAskedId);
    await replaceDecommissions(tx, subject);
    await openDecommissions(tx, subject.id, assessment.tables);
    return submitAgain(tx, subject, assessment, { justification: input.justification, now: new Date() });
  },
});

/** Takes away what was asked of tables that are still there, with the work that came to nothing. */
async function replaceDecommissions(tx: Tx, { id, decommissions }: LockedRequest): Promise<void> {
  const replaced = decommissions.filter(({ state }) => state !== "deleted");
  const tableId = { in: replaced.map((one) => one.tableId) };
  await tx.decommission.deleteMany({ where: { requestId: id, tableId } });
  await tx.operation.deleteMany({ where: { requestId: id, tableId } });
}

/** Throws INVALID where the tables of a body are not of the request's kind. */
export function requireKind(request: { kind: string }, kind: "create" | "decommission"): void {
  if (request.kind === kind) return;
  const message =
    kind === "create"
      ? "This request deletes tables: `tables` is the list of their keys"
      : "This request makes tables: `tables` is an object from keys to tables";
  throw new AppError("INVALID", message, { errors: [{ path: "/tables", message }] });
}
