import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { canRevoke, canSeeBelongings } from "./policy.ts";

/**
 * Signs a browser out: its person, or the platform group.
 * Throws NOT_FOUND also for a session that is somebody else's, or over.
 */
export const revokeSession = command({
  name: "session.revoke",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, { id }, actor) => {
    const session = await tx.session.findUnique({ where: { id } });
    if (!session || !canSeeBelongings(actor, session.userId)) {
      throw new AppError("NOT_FOUND", "There is no such session, or it is over.");
    }
    return session;
  },
  authorize: (actor, session) => canRevoke(actor, session.userId),
  run: async ({ tx, subject: { id, userId } }) => {
    await tx.session.deleteMany({ where: { id } });
    return { result: null, subject: { id }, audit: { owner: userId } };
  },
});
