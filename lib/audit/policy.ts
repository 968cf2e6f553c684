import type { Actor } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

/** The audit tells of every project, so it is for those who see every project. */
export function canReadAudit(actor: Actor): Decision {
  if (actor.kind === "system" || actor.platform) return allow;
  return deny("Only the platform group can read the audit");
}
