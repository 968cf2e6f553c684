import { type Actor, seesAll } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";
import { approvalEntries, entryInTurn, type Given } from "./approval-progress.ts";
import type { Requirement } from "./schema.ts";
import { canMove, type RequestEvent, type RequestState, requestStateWords } from "./state.ts";

/** What the predicates look at; a locked row and a view both give it. */
export type RequestSubject = {
  state: RequestState;
  version: number;
  project: string;
  requesterId: string;
  required: readonly Requirement[];
  given: readonly Given[];
  /** The configuration's `self_approval`. */
  selfApproval: boolean;
};

const systemOnly = deny("Only a person can do this");
const auditorsRead = deny("Auditors see everything and change nothing");

/** Drafts are their author's alone; else members of the project, the platform group, auditors, and the groups that approve. */
export function canSee(actor: Actor, request: RequestSubject): boolean {
  if (actor.kind === "system") return true;
  if (request.state === "draft") return request.requesterId === actor.id;
  if (seesAll(actor) || actor.projects.includes(request.project)) return true;
  return request.required.some((entry) => actor.groups.includes(entry.group));
}

/** Keep and discard drafts of one's own: whoever may ask somewhere, so not auditors. */
export function canDraft(actor: Actor, draft: { requesterId: string } | null): Decision {
  if (actor.kind === "system") return systemOnly;
  if (actor.auditor) return auditorsRead;
  return !draft || draft.requesterId === actor.id ? allow : deny("Only its author can change a draft");
}

/** Members ask in their projects, the platform group everywhere, auditors nowhere. */
export function canAsk(actor: Actor, project: string): Decision {
  if (actor.kind === "system") return systemOnly;
  if (actor.auditor) return auditorsRead;
  if (actor.platform || actor.projects.includes(project)) return allow;
  return deny(`You are not a developer of the project "${project}"`);
}

/** As much of a table as tells whether it may be asked to go. */
type DeletableTable = {
  project: string;
  state: string;
  arn: string | null;
  decommission: { number: number } | null;
};

/** Ask for a table's end: whoever may ask in its project, of a table that is there and nothing works on. */
export function canDecommission(
  actor: Actor,
  { project, state, arn, decommission }: DeletableTable,
): Decision {
  if (state === "deleted") return deny("The table is deleted");
  if (decommission) return deny(`Request ${decommission.number} asks for it already`);
  if (arn === null) return deny("The table was never made, so there is nothing to delete");
  if (state !== "active" && state !== "failed") return deny(`The table is ${state}; wait until it is active`);
  return canAsk(actor, project);
}

/** Approve, reject and send back: somebody else's request, and the turn of a group one is in. */
export function canDecide(actor: Actor, request: RequestSubject): Decision {
  if (actor.kind === "system") return systemOnly;
  if (actor.auditor) return auditorsRead;
  if (request.requesterId === actor.id && !request.selfApproval) {
    return deny("You cannot decide on your own request; somebody else has to");
  }
  const turn = entryInTurn(approvalEntries(request.required, request.given, request.version));
  if (!turn) return deny("No approval is missing");
  if (!actor.groups.includes(turn.group))
    return deny(`It is the turn of the group "${turn.group}", which you are not in`);
  return allow;
}

/** Edit and resubmit: the requester alone. */
export function canResubmit(actor: Actor, request: RequestSubject): Decision {
  if (actor.kind === "system") return systemOnly;
  if (request.requesterId !== actor.id) return deny("Only the person who asked can change the request");
  return canAsk(actor, request.project);
}

/** Cancel and retry: the requester or the platform group. */
export function canCancelOrRetry(actor: Actor, request: RequestSubject): Decision {
  if (actor.kind === "system") return systemOnly;
  if (actor.auditor) return auditorsRead;
  if (actor.platform || request.requesterId === actor.id) return allow;
  return deny("Only the person who asked or the platform group can do this");
}

/** Whoever sees a submitted request may comment on it, but auditors. */
export function canComment(actor: Actor, request: RequestSubject): Decision {
  if (actor.kind === "system") return systemOnly;
  if (actor.auditor) return auditorsRead;
  return canSee(actor, request) ? allow : deny("You cannot see this request");
}

/** Why `event` cannot happen in this state, in words; null when it can. */
export function stateProblem(state: RequestState, event: RequestEvent): string | null {
  if (canMove(state, event)) return null;
  return `This request is in the state "${requestStateWords[state]}"; that cannot be done any more or not yet`;
}

/** Whether this person already decided on this version. */
export function hasDecided(personId: string, request: RequestSubject): boolean {
  return request.given.some((one) => one.personId === personId && one.version === request.version);
}

/** A decision as a button asks for it: the state and repeats first, as the server does, then the person. */
export function mayDecideNow(actor: Actor, request: RequestSubject): Decision {
  const problem = stateProblem(request.state, "approve");
  if (problem) return deny(problem);
  if (actor.kind === "user" && hasDecided(actor.id, request))
    return deny("You have already decided on this version");
  return canDecide(actor, request);
}
