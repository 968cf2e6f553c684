import { command } from "#lib/core/command.ts";
import { decisionInput, groupInTurn, lockForDecision, recordDecision, requireComment } from "./approve.ts";
import { canDecide } from "./policy.ts";
import { moveRequest, releaseTables } from "./store.ts";

/**
 * Refuses a request for good and frees its names.
 * Throws INVALID without a comment, CONFLICT and FORBIDDEN as an approval does.
 */
export const rejectRequest = command({
  name: "request.reject",
  input: decisionInput,
  load: (tx, input, actor) => lockForDecision(tx, "reject", input, actor),
  authorize: canDecide,
  run: async ({ tx, actor, input, subject }) => {
    requireComment(input.comment, "reject it");
    const group = groupInTurn(subject);
    await recordDecision(tx, actor, subject, { group, decision: "reject", comment: input.comment });
    await moveRequest(tx, subject, "reject");
    await releaseTables(tx, subject.id);
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: { group },
    };
  },
});
