import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { canMarkNoticesRead } from "./policy.ts";

/** One; all about a request, by opening it; or all up to the newest that was shown: what came since stays unread. */
const readInput = z.union([
  z.strictObject({ id: z.guid() }),
  z.strictObject({ request: z.guid() }),
  z.strictObject({ until: z.iso.datetime({ precision: 3 }).regex(/^[12]/) }),
]);

/** Marks this person's own notices as read, and nobody else's; answers how many were not. As often as one likes. */
export const markNoticesRead = command({
  name: "notice.mark-read",
  input: readInput,
  load: async (_tx, _input, actor: UserActor) => actor,
  authorize: canMarkNoticesRead,
  run: async ({ tx, input, actor }) => {
    const { count } = await tx.notice.updateMany({
      where: {
        personId: actor.id,
        readAt: null,
        ...("id" in input && { id: input.id }),
        ...("request" in input && { requestId: input.request }),
        ...("until" in input && { createdAt: { lte: new Date(input.until) } }),
      },
      data: { readAt: new Date() },
    });
    return { result: { marked: count }, audit: null, subject: { id: actor.id } };
  },
});
