"use server";

import { redirect } from "next/navigation";
import { auth } from "#lib/server/auth.ts";
import { runPublicAction } from "#lib/server/run-action.ts";

/** Ends the session and leads to the sign-in page. Throws what prevented it: nobody should believe to be signed out. */
export async function signOut(): Promise<void> {
  const signedOut = await runPublicAction((headers) => auth().api.signOut({ headers }));
  if (!signedOut.ok) throw new Error(signedOut.message);
  redirect("/sign-in");
}
