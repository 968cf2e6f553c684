import { command } from "#lib/core/command.ts";
import { decisionInput } from "./approve.ts";
import { canCancelOrRetry } from "./policy.ts";
import {
  type LockedRequest,
  lockRequestFor,
  moveRequest,
  releaseTables,
  requireKnownOutcomes,
} from "./store.ts";

/**
 * Ends a request that waits, or one that failed. Tables that exist stay as they are; the other names are free again.
 * Throws CONFLICT (stale version, work has begun, or nobody knows yet whether a table exists), FORBIDDEN.
 */
export const cancelRequest = command({
  name: "request.cancel",
  input: decisionInput,
  load: (tx, input, actor) => lockRequestFor(tx, "cancel", input, actor),
  authorize: canCancelOrRetry,
  run: async ({ tx, input, subject }) => {
    requireKnownOutcomes(subject);
    const unprotected = unprotectedTables(subject);
    await moveRequest(tx, subject, "cancel");
    await releaseTables(tx, subject.id);
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: { from: subject.state, ...(unprotected.length > 0 && { unprotected }) },
    };
  },
});

/** Tables that stay, though a worker has switched their deletion protection off for their deletion. */
function unprotectedTables({ decommissions }: LockedRequest): string[] {
  return decommissions
    .filter(({ state }) => state !== "deleted")
    .filter(({ operation }) =>
      operation?.steps.some(({ call, startedAt }) => call === "UpdateTable" && startedAt !== null),
    )
    .map(({ table }) => table.name);
}
