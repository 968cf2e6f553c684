import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { addLogContext } from "#lib/infra/log-context.ts";
import { actorOf } from "#lib/people/actor.ts";
import { findSession, markSessionUse } from "#lib/people/session-store.ts";
import { pageAddressHeader, signInAddress } from "./return-address.ts";
import { sessionCookie } from "./session-cookie.ts";

export type ActiveSession = { id: string; actor: UserActor };

/** The session of this browser and who it is, by its cookie; null when nobody is signed in. Asked once a request. */
export const readSession = cache(async (): Promise<ActiveSession | null> => {
  const secret = (await cookies()).get(sessionCookie().name)?.value;
  const found = secret ? await findSession(secret) : null;
  if (found) addLogContext({ person: found.person.id });
  return found && { id: found.id, actor: actorOf(found.person, getConfig(), null) };
});

/** Notes that somebody uses the session: pages and writes do, what a page polls does not. Once a request. */
const markUse = cache(markSessionUse);

/** The session of this browser; throws UNAUTHENTICATED. For actions and routes. */
export async function getSession({ inUse }: { inUse: boolean }): Promise<ActiveSession> {
  const session = await readSession();
  if (!session)
    throw new AppError("UNAUTHENTICATED", "You are not signed in any more. Sign in and try again.");
  if (inUse) await markUse(session.id);
  return session;
}

/** Who asks; throws UNAUTHENTICATED. For actions and routes. */
export async function getActor({ inUse = true } = {}): Promise<UserActor> {
  return (await getSession({ inUse })).actor;
}

/** The session of this browser; sends whoever is not signed in to the sign-in page, and from there back. For pages. */
export async function requireSession(): Promise<ActiveSession> {
  const session = await readSession();
  if (!session) redirect(signInAddress((await headers()).get(pageAddressHeader)));
  await markUse(session.id);
  return session;
}

/** As `requireSession`: who it is. */
export async function requireActor(): Promise<UserActor> {
  return (await requireSession()).actor;
}
