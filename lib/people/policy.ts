import { type Actor, seesAll } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

const inBrowserOnly = deny("This can only be done in the browser, not through an API token");

/** Who sees other people's accounts: the platform group and the auditors. */
export function canSeePeople(actor: Actor): boolean {
  return actor.kind === "system" || seesAll(actor);
}

/** Who may see that a session or token is there at all: whose it is, and who sees other people's accounts. */
export function canSeeBelongings(actor: Actor, ownerId: string): boolean {
  return canSeePeople(actor) || (actor.kind === "user" && actor.id === ownerId);
}

/** End a session, revoke a token: whose it is, or the platform group. Auditors too look after what is theirs. */
export function canRevoke(actor: Actor, ownerId: string): Decision {
  if (actor.kind === "system") return allow;
  if (actor.scopes !== null) return inBrowserOnly;
  if (actor.id === ownerId) return allow;
  return canManage(actor);
}

/** Deactivate and reactivate: the platform group, and nobody themselves. */
export function canDeactivate(actor: Actor, personId: string): Decision {
  if (actor.kind === "system") return allow;
  if (actor.scopes !== null) return inBrowserOnly;
  if (actor.id === personId) return deny("You cannot deactivate yourself; somebody else has to");
  return canManage(actor);
}

/** Make a token for oneself. */
export function canCreateToken(actor: Actor): Decision {
  if (actor.kind === "system") return deny("Only a person can do this");
  return actor.scopes === null ? allow : inBrowserOnly;
}

function canManage(actor: { platform: boolean; auditor: boolean }): Decision {
  if (actor.auditor) return deny("Auditors change nothing");
  return actor.platform ? allow : deny("Only the platform group can do this");
}
