import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { deny, onlySystem } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import { env } from "#lib/infra/env.ts";
import { demoPeople } from "./demo-people.ts";
import { startSession } from "./session-store.ts";
import { arrivalInput, refuseDeactivated } from "./sign-in.ts";

/**
 * One click for a person of the demo; answers the session's secret. Outside demo mode it refuses everybody, also where
 * the demo's people are still in the database.
 * Throws NOT_FOUND for who is no person of the demo, FORBIDDEN outside demo mode and for a deactivated person.
 */
export const signInDemo = command({
  name: "person.sign-in",
  input: z.strictObject({ email: z.string().max(320), arrival: arrivalInput }),
  load: async (tx, { email }, _actor: SystemActor) => {
    const notOurs = new AppError("NOT_FOUND", "Not a person of the demo.");
    if (!env.demo || !demoPeople.some((person) => person.email === email)) throw notOurs;
    const [person] = await tx.user.findMany({ where: { email } });
    if (!person) throw notOurs;
    return person;
  },
  authorize: (actor) =>
    env.demo ? onlySystem(actor) : deny("There is no one-click sign-in outside demo mode."),
  run: async ({ tx, input, subject: { id } }) => {
    const { deactivatedAt, email, groups } = await tx.user.update({ where: { id }, data: { id } });
    if (deactivatedAt) throw refuseDeactivated();
    const secret = await startSession(tx, id, { ...input.arrival, method: "demo", idToken: null });
    return { result: secret, subject: { id }, audit: { method: "demo", email, groups, problem: null } };
  },
});
