import type { SystemActor } from "#lib/core/actor.ts";
import { writeAudit } from "#lib/core/audit.ts";
import type { Tx } from "#lib/infra/db.ts";
import { type LockedRequest, moveRequest } from "./store.ts";

/**
 * Tablewright itself sends a request back that nothing was done for yet, because what would happen is not what was, or
 * may be, approved. Its names stay reserved, its approvals do not count for what is submitted next. `words` tell the
 * requester why.
 * Throws CONFLICT when the request is neither waiting nor approved any more.
 */
export async function returnRequest(
  tx: Tx,
  actor: SystemActor,
  request: LockedRequest,
  { because, words }: { because: "guardrails" | "plan"; words: string },
): Promise<void> {
  await moveRequest(tx, request, request.state === "approved" ? "return" : "send-back", { approvedAt: null });
  await tx.table.updateMany({
    where: { requestId: request.id, identity: null, arn: null },
    data: { approvedAt: null },
  });
  await writeAudit(tx, actor, {
    event: "request.send-back",
    data: { because },
    subject: { id: request.id, version: request.version },
    comment: `${words} Change the request and submit it again, or ask the platform team.`,
  });
}
