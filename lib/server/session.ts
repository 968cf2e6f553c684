import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { actorOfUser } from "#lib/people/queries.ts";
import { auth } from "./auth.ts";
import { pageAddressHeader, signInAddress } from "./return-address.ts";

/** Who asks, by the session cookie; null when nobody is signed in. Asked once a request. */
export const findActor = cache(async (): Promise<UserActor | null> => {
  const session = await auth().api.getSession({ headers: await headers() });
  return session && actorOfUser(session.user.id);
});

/** As `findActor`; throws UNAUTHENTICATED. For actions and routes. */
export async function getActor(): Promise<UserActor> {
  const actor = await findActor();
  if (!actor) throw new AppError("UNAUTHENTICATED", "You are not signed in any more. Sign in and try again.");
  return actor;
}

/** As `findActor`; sends whoever is not signed in to the sign-in page, and from there back. For pages. */
export async function requireActor(): Promise<UserActor> {
  return (await findActor()) ?? redirect(signInAddress((await headers()).get(pageAddressHeader)));
}
