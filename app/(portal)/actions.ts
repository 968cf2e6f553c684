"use server";

import { redirect } from "next/navigation";
import { runPublicAction } from "#lib/server/run-action.ts";
import { leave } from "#lib/server/sign-in.ts";

/** Ends the session and leads to the sign-in page. Throws what prevented it: nobody should believe to be signed out. */
export async function signOut(): Promise<void> {
  const signedOut = await runPublicAction(leave);
  if (!signedOut.ok) throw new Error(signedOut.message);
  redirect(signedOut.data);
}
