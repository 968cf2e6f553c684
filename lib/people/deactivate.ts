import { command } from "#lib/core/command.ts";
import { canDeactivate, canSeePeople } from "./policy.ts";
import { liveTokens, lockPerson, noSuchPerson, personInput } from "./store.ts";

/**
 * Takes everything from a person at once: their sessions end, their tokens are revoked for good, and no sign-in is
 * accepted until they are reactivated. What they asked for and decided stays. Doing it again changes nothing.
 */
export const deactivatePerson = command({
  name: "person.deactivate",
  input: personInput,
  load: async (tx, input, actor) => {
    if (!canSeePeople(actor)) throw noSuchPerson();
    return lockPerson(tx, input);
  },
  authorize: (actor, person) => canDeactivate(actor, person.id),
  run: async ({ tx, subject: { id, email, deactivatedAt } }) => {
    const now = new Date();
    await tx.user.update({ where: { id }, data: { deactivatedAt: deactivatedAt ?? now } });
    const sessions = await tx.session.deleteMany({ where: { userId: id } });
    const tokens = await tx.apiToken.updateMany({
      where: { userId: id, ...liveTokens() },
      data: { revokedAt: now },
    });
    return {
      result: null,
      subject: { id },
      audit: { email, sessions: sessions.count, tokens: tokens.count },
    };
  },
});
