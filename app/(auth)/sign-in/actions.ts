"use server";

import { redirect } from "next/navigation";
import { auth } from "#lib/server/auth.ts";
import { safeReturnAddress } from "#lib/server/return-address.ts";
import { runPublicAction } from "#lib/server/run-action.ts";

/** Signs in as a person of the demo and goes to the page that was asked for. */
export async function signIn(form: FormData): Promise<void> {
  const next = safeReturnAddress(form.get("next"));
  const email = String(form.get("email"));
  const signedIn = await runPublicAction((headers) =>
    auth().api.signInAsDemoPerson({ body: { email }, headers }),
  );
  redirect(signedIn.ok ? next : `/sign-in?${new URLSearchParams({ problem: "failed", next })}`);
}
