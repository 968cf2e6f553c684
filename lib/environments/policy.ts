import type { Actor } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

/** A check makes calls in AWS accounts: the platform group starts it, everybody may read what came of it. */
export function canCheckEnvironment(actor: Actor): Decision {
  if (actor.kind === "system") return deny("Only a person can do this");
  if (actor.auditor) return deny("Auditors see everything and change nothing");
  return actor.platform ? allow : deny("Only the platform group may start a check");
}
