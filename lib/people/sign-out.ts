import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { allow, deny } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";

/**
 * Ends the session of this browser. Answers the ID token that the session began with, for the sign-out at the
 * provider; null where there is none. Throws NOT_FOUND for a session that is over, or somebody else's.
 */
export const signOut = command({
  name: "person.sign-out",
  input: z.strictObject({ session: z.guid() }),
  load: async (tx, input, actor: UserActor) => {
    const session = await tx.session.findUnique({ where: { id: input.session } });
    // Somebody else's is none of theirs to know of.
    if (!session || session.userId !== actor.id)
      throw new AppError("NOT_FOUND", "This session is over already.");
    return session;
  },
  authorize: (actor, session) => (session.userId === actor.id ? allow : deny("This is not your session")),
  run: async ({ tx, actor, subject: { id, idToken } }) => {
    await tx.session.deleteMany({ where: { id } });
    return { result: idToken, subject: { id: actor.id }, audit: {} };
  },
});
