import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { onlySystem } from "#lib/core/decision.ts";
import { sameText } from "#lib/core/text-search.ts";
import type { Tx } from "#lib/infra/db.ts";
import { refuseSignIn } from "./claims.ts";
import { startSession } from "./session-store.ts";

export const arrivalInput = z.strictObject({
  address: z.string().max(100).nullable(),
  userAgent: z.string().max(300).nullable(),
  former: z.string().max(100).nullable(),
});

export const signInInput = z.strictObject({
  issuer: z.string().min(1).max(2_000),
  subject: z.string().min(1).max(2_000),
  person: z.strictObject({
    email: z.email().max(320),
    name: z.string().min(1).max(320),
    groups: z.array(z.string()),
    groupsProblem: z.string().nullable(),
  }),
  idToken: z.string(),
  arrival: arrivalInput,
});

/**
 * Signs in whoever the provider identified: finds them by issuer and subject (never by e-mail), or makes them; takes
 * over e-mail, name and groups as they are today; starts a session, whose secret it answers.
 * Throws FORBIDDEN, by `refuseSignIn`, for a deactivated person, and for an e-mail that is another person's here.
 */
export const signIn = command({
  name: "person.sign-in",
  input: signInInput,
  load: async (tx, { issuer, subject, person }, _actor: SystemActor) => {
    // Two first sign-ins at once must not make two people; sign-ins are short, so they take turns.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sign-in'))`;
    const identity = await tx.identity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      include: { user: true },
    });
    await refuseTakenEmail(tx, person.email, identity?.userId ?? null, subject);
    return identity?.user ?? null;
  },
  authorize: onlySystem,
  run: async ({ tx, input: { issuer, subject, person, idToken, arrival }, subject: known }) => {
    // As the update found the row, not as it was read: a deactivation may have come between, and a later one waits for
    // us and ends this session.
    const { id, deactivatedAt } = known
      ? await tx.user.update({ where: { id: known.id }, data: person })
      : await tx.user.create({ data: { ...person, identities: { create: { issuer, subject } } } });
    if (deactivatedAt) throw refuseDeactivated();
    const secret = await startSession(tx, id, { ...arrival, method: "oidc", idToken });
    const { email, groups, groupsProblem } = person;
    const audit = { method: "oidc", email, groups, problem: groupsProblem };
    return { result: secret, subject: { id }, audit };
  },
});

/** What a deactivated person is told. */
export function refuseDeactivated() {
  return refuseSignIn("deactivated", "This account is deactivated.");
}

async function refuseTakenEmail(tx: Tx, email: string, own: string | null, subject: string): Promise<void> {
  const holder = await tx.user.findFirst({
    where: { email: sameText(email), ...(own !== null && { id: { not: own } }) },
    select: { id: true },
  });
  if (!holder) return;
  throw refuseSignIn(
    "email-taken",
    `The e-mail ${email} is another account's. If both are the same person: tablewright person link ${email} --subject ${JSON.stringify(subject)}`,
  );
}
