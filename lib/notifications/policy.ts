import type { Actor } from "#lib/core/actor.ts";
import { allow, type Decision, deny } from "#lib/core/decision.ts";

/** A message that is sent again reaches people and systems of any project: the platform group does it. */
export function canResend(actor: Actor): Decision {
  if (actor.kind === "system") return deny("Only a person can do this");
  if (actor.auditor) return deny("Auditors see everything and change nothing");
  return actor.platform ? allow : deny("Only the platform group may send notifications again");
}

/**
 * A test message reaches whoever listens there: those who may send again, and the command line, which is on a machine of the
 * installation. Only the command line may say to whom an e-mail goes.
 */
export function canTestChannel(actor: Actor, input: { to?: string | undefined } = {}): Decision {
  if (actor.kind === "system") return allow;
  if (actor.auditor) return deny("Auditors see everything and change nothing");
  if (!actor.platform) return deny("Only the platform group may send test messages");
  return input.to === undefined ? allow : deny("A test e-mail goes to whoever asks for it");
}

/** Everybody has notices of their own, auditors too; workers have none. */
export function canMarkNoticesRead(actor: Actor): Decision {
  return actor.kind === "user" ? allow : deny("Only a person has notifications");
}
