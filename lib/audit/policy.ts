import { type Actor, seesAll } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

/** The audit tells of every project, so it is for those who see every project. */
export function canReadAudit(actor: Actor): Decision {
  if (actor.kind === "system" || seesAll(actor)) return allow;
  return deny("Only the platform group and auditors can read the audit");
}
