import * as z from "zod";
import type { Actor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/job.ts";
import type { Tx } from "#lib/infra/db.ts";
import { approvalEntries, entryInTurn } from "./approval-progress.ts";
import { decisionCost } from "./costs.ts";
import { isOverdue, timeIsOver } from "./expire.ts";
import { judge } from "./judge.ts";
import { changesOf, requireAcknowledged } from "./outcome.ts";
import { canDecide, hasDecided } from "./policy.ts";
import { askForReevaluation } from "./re-evaluate.job.ts";
import { approvalBody, decisionBody } from "./schema.ts";
import { type LockedRequest, lockRequestFor, moveRequest } from "./store.ts";

export const decisionInput = decisionBody.extend({ id: z.guid() });
const approvalInput = approvalBody.extend({ id: z.guid() });

/**
 * Gives one approval; the last one missing approves the request and wakes the workers. It is given to what was shown:
 * where the configuration says something else by now, nothing is counted and the workers look at the request anew.
 * Throws CONFLICT (stale version, not waiting, its time over, decided before, another outcome now), FORBIDDEN (own
 * request, another group's turn), INVALID (a warning that is not acknowledged), UNAVAILABLE (the configuration cannot say).
 */
export const approveRequest = (actor: Actor, input: unknown) =>
  approveAsShown(actor, input).catch(async (error: unknown) => {
    if (error instanceof OutcomeChanged) await askForReevaluation(error.requestId);
    throw error;
  });

/** What an approval would be given to is not what is on the page. */
class OutcomeChanged extends AppError {
  readonly requestId: string;

  constructor({ id, number }: LockedRequest, changes: readonly string[]) {
    const what = changes.length > 0 ? changes.join("; ") : "it was submitted before approvals were pinned";
    super(
      "CONFLICT",
      `What request ${number} comes to has changed: ${what}. Your approval was not counted. The request is looked at anew; look at it again in a moment.`,
    );
    this.requestId = id;
  }
}

const approveAsShown = command({
  name: "request.approve",
  input: approvalInput,
  load: (tx, input, actor) => lockForDecision(tx, "approve", input, actor),
  authorize: canDecide,
  run: async ({ tx, actor, input, subject }) => {
    const group = groupInTurn(subject);
    if (await isOverdue(tx, subject.id)) throw tooLate(subject);
    const now = judge(subject);
    if (now.pin !== subject.pin) throw new OutcomeChanged(subject, changesOf(subject, now));
    requireAcknowledged(now.findings, input.acknowledged);
    await recordDecision(tx, actor, subject, { group, decision: "approve", comment: input.comment });
    const given = [...subject.given, { personId: "", group, decision: "approve", version: subject.version }];
    const next = entryInTurn(approvalEntries(subject.required, given, subject.version));
    const complete = !next;
    if (next) await tx.request.update({ where: { id: subject.id }, data: { turn: next.group } });
    else {
      const approvedAt = new Date();
      await moveRequest(tx, subject, "approve", { approvedAt });
      await tx.table.updateMany({ where: { requestId: subject.id }, data: { approvedAt } });
      await enqueue(tx, "provisioning.run", { requestId: subject.id });
    }
    return {
      result: { id: subject.id, number: subject.number, complete },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment ?? null,
      audit: {
        group,
        complete,
        ...(input.acknowledged && { acknowledged: input.acknowledged }),
        ...decisionCost(subject, input.usage),
      },
    };
  },
});

/** A worker ends it within a minute, or as soon as one runs. */
function tooLate({ number }: LockedRequest): AppError {
  const message = `${timeIsOver(number)} Your approval was not counted. Whoever asked can ask anew.`;
  return new AppError("CONFLICT", message);
}

/** The locked request as approve, reject and send back need it: waiting, at that version, not decided by this person before. */
export async function lockForDecision(
  tx: Tx,
  event: "approve" | "reject" | "send-back",
  input: { id: string; version: number },
  actor: Actor,
): Promise<LockedRequest> {
  const request = await lockRequestFor(tx, event, input, actor);
  if (actor.kind === "user" && hasDecided(actor.id, request)) {
    throw new AppError("CONFLICT", "You have already decided on this version of the request.");
  }
  return request;
}

/** The group whose turn it is. Call it after `canDecide` has allowed. */
export function groupInTurn(request: LockedRequest): string {
  const turn = entryInTurn(approvalEntries(request.required, request.given, request.version));
  if (!turn) throw new AppError("CONFLICT", "No approval is missing any more.");
  return turn.group;
}

/** Writes who decided what on which version; the database refuses a second decision of one person on it. */
export async function recordDecision(
  tx: Tx,
  actor: Actor,
  request: LockedRequest,
  decision: { group: string; decision: "approve" | "reject" | "send_back"; comment?: string | undefined },
): Promise<void> {
  if (actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can decide");
  await tx.approval.create({
    data: {
      requestId: request.id,
      version: request.version,
      pin: request.pin,
      personId: actor.id,
      ...decision,
    },
  });
  await tx.request.update({ where: { id: request.id }, data: { updatedAt: new Date() } });
}

/** Throws INVALID when a decision that needs a reason came without one. */
export function requireComment(comment: string | undefined, what: string): void {
  if (comment !== undefined) return;
  const message = `Say why you ${what}; the person who asked needs it`;
  throw new AppError("INVALID", message, { errors: [{ path: "/comment", message }] });
}
