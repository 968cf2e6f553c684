import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { canRevoke, canSeeBelongings } from "./policy.ts";

/**
 * Ends a token at once and for good: its person, or the platform group. Doing it again changes nothing.
 * Throws NOT_FOUND also for a token that is somebody else's.
 */
export const revokeToken = command({
  name: "token.revoke",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, { id }, actor) => {
    const token = await tx.apiToken.findUnique({ where: { id } });
    if (!token || !canSeeBelongings(actor, token.userId))
      throw new AppError("NOT_FOUND", "There is no such token.");
    return token;
  },
  authorize: (actor, token) => canRevoke(actor, token.userId),
  run: async ({ tx, subject: { id, userId, name } }) => {
    await tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
    return { result: null, subject: { id }, audit: { owner: userId, name } };
  },
});
