import { command } from "#lib/core/command.ts";
import { canDeactivate, canSeePeople } from "./policy.ts";
import { lockPerson, noSuchPerson, personInput } from "./store.ts";

/** Lets a deactivated person sign in again. Sessions and tokens of before do not come back. */
export const reactivatePerson = command({
  name: "person.reactivate",
  input: personInput,
  load: async (tx, input, actor) => {
    if (!canSeePeople(actor)) throw noSuchPerson();
    return lockPerson(tx, input);
  },
  authorize: (actor, person) => canDeactivate(actor, person.id),
  run: async ({ tx, subject: { id, email } }) => {
    await tx.user.update({ where: { id }, data: { deactivatedAt: null } });
    return { result: null, subject: { id }, audit: { email } };
  },
});
