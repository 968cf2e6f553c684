import { command } from "#lib/core/command.ts";
import { enqueue } from "#lib/core/job.ts";
import { decisionInput } from "./approve.ts";
import { canCancelOrRetry } from "./policy.ts";
import { lockRequestFor, moveRequest } from "./store.ts";

/**
 * Runs the failed tables of a request again, each from the step that failed. The specs and the approval stay
 * as they are. Throws CONFLICT (stale version, not failed), FORBIDDEN.
 */
export const retryRequest = command({
  name: "request.retry",
  input: decisionInput,
  load: (tx, input, actor) => lockRequestFor(tx, "retry", input, actor),
  authorize: canCancelOrRetry,
  run: async ({ tx, input, subject }) => {
    const failed = subject.tables.filter((table) => table.state === "failed");
    // A failed table that is pending again is the workers' sign to take its operation up.
    await tx.table.updateMany({
      where: { requestId: subject.id, state: "failed" },
      data: { state: "pending", problem: null },
    });
    await moveRequest(tx, subject, "retry");
    await enqueue(tx, "provisioning.run", { requestId: subject.id });
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: { tables: failed.map((table) => table.name) },
    };
  },
});
