import type { Actor } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

/** A message that is sent again reaches people and systems of any project: the platform group does it. */
export function canResend(actor: Actor): Decision {
  if (actor.kind === "system") return deny("Only a person can do this");
  if (actor.auditor) return deny("Auditors see everything and change nothing");
  return actor.platform ? allow : deny("Only the platform group may send notifications again");
}

/** Everybody has notices of their own, auditors too; workers have none. */
export function canMarkNoticesRead(actor: Actor): Decision {
  return actor.kind === "user" ? allow : deny("Only a person has notifications");
}
