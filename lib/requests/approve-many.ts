import * as z from "zod";
import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { approveRequest } from "./approve.ts";
import { commentSchema } from "./schema.ts";

const most = 100;
const approveManyInput = z.strictObject({
  requests: z
    .array(z.strictObject({ id: z.guid(), version: z.int().min(1) }))
    .min(1)
    .max(most),
  comment: commentSchema.optional(),
});

export type ApprovalOutcome = { id: string; approved: boolean; message: string };

/**
 * Approves several requests one after the other, each in a transaction of its own by `approveRequest`: what is refused for one
 * does not touch the others, and is said in its outcome. Throws INVALID (input), and what `approveRequest` throws that is
 * no refusal; the approvals given until then stand.
 */
export const approveMany = (actor: Actor, input: unknown) =>
  approveEach(actor, parseInput(approveManyInput, input));

async function approveEach(
  actor: Actor,
  { requests, comment }: z.output<typeof approveManyInput>,
): Promise<{ outcomes: ApprovalOutcome[] }> {
  const outcomes: ApprovalOutcome[] = [];
  for (const { id, version } of requests) {
    const decision = { id, version, ...(comment !== undefined && { comment }) };
    outcomes.push({ id, ...(await approveOne(actor, decision)) });
  }
  return { outcomes };
}

async function approveOne(actor: Actor, input: object): Promise<Omit<ApprovalOutcome, "id">> {
  try {
    const { complete } = await approveRequest(actor, input);
    const message = complete
      ? "Approved; its tables are next"
      : "Your approval is given; others are still missing";
    return { approved: true, message };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { approved: false, message: refusalWords(error) };
  }
}

/** Several are approved in the browser, where a warning is acknowledged on its request's own page. */
function refusalWords({ errors, message }: AppError): string {
  const warnings = errors.flatMap(({ path, id }) => (path === "/acknowledged" && id ? [id] : []));
  if (warnings.length === 0) return message;
  return `Acknowledge on its own page what guardrails warn of: ${warnings.join(", ")}`;
}
