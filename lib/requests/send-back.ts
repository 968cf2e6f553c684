import { command } from "#lib/core/command.ts";
import { decisionInput, groupInTurn, lockForDecision, recordDecision, requireComment } from "./approve.ts";
import { canDecide } from "./policy.ts";
import { moveRequest } from "./store.ts";

/**
 * Hands a request back with a question; its names stay reserved and the requester may resubmit.
 * Throws INVALID without a comment, CONFLICT and FORBIDDEN as an approval does.
 */
export const sendBackRequest = command({
  name: "request.send-back",
  input: decisionInput,
  load: (tx, input, actor) => lockForDecision(tx, "send-back", input, actor),
  authorize: canDecide,
  run: async ({ tx, actor, input, subject }) => {
    requireComment(input.comment, "send it back");
    const group = groupInTurn(subject);
    await recordDecision(tx, actor, subject, { group, decision: "send_back", comment: input.comment });
    await moveRequest(tx, subject, "send-back");
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: { group },
    };
  },
});
