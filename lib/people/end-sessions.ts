import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { canRevoke, canSeeBelongings } from "./policy.ts";
import { lockPerson, noSuchPerson } from "./store.ts";

/** Signs a person out of every browser, save the one that says so (`keep`): themselves, or the platform group. */
export const endSessions = command({
  name: "person.end-sessions",
  input: z.strictObject({ id: z.string().min(1).max(100), keep: z.guid().nullable() }),
  load: async (tx, { id }, actor) => {
    if (!canSeeBelongings(actor, id)) throw noSuchPerson();
    return lockPerson(tx, { id });
  },
  authorize: (actor, person) => canRevoke(actor, person.id),
  run: async ({ tx, input: { keep }, subject: { id } }) => {
    const where = { userId: id, ...(keep && { id: { not: keep } }) };
    const { count } = await tx.session.deleteMany({ where });
    return { result: count, subject: { id }, audit: { sessions: count } };
  },
});
