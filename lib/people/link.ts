import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { onlySystem } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import { lockPerson } from "./store.ts";

/**
 * Says that an identity of the sign-in provider is a person known here: after a move to another provider, or where
 * the provider gave the person a new subject. Only whoever runs the installation may say so, never an e-mail.
 * Throws NOT_FOUND for an unknown e-mail, CONFLICT where the identity is another person's.
 */
export const linkPerson = command({
  name: "person.link",
  input: z.strictObject({
    email: z.email("Not an e-mail address").max(320),
    issuer: z.string().min(1).max(2_000),
    subject: z.string().min(1).max(2_000),
  }),
  load: async (tx, { email }, _actor: SystemActor) => lockPerson(tx, { email }),
  authorize: onlySystem,
  run: async ({ tx, input: { issuer, subject }, subject: { id, email } }) => {
    const identity = { issuer, subject };
    await tx.identity.createMany({ data: { ...identity, userId: id }, skipDuplicates: true });
    const { userId } = await tx.identity.findUniqueOrThrow({ where: { issuer_subject: identity } });
    if (userId !== id) throw new AppError("CONFLICT", `The subject ${subject} is another person's here.`);
    return { result: null, subject: { id }, audit: { email, ...identity } };
  },
});
