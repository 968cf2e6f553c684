"use server";

import { redirect } from "next/navigation";
import { safeReturnAddress } from "#lib/server/return-address.ts";
import { runPublicAction } from "#lib/server/run-action.ts";
import { beginSignIn, enterDemo } from "#lib/server/sign-in.ts";

const failed = "/sign-in?problem=failed";

/** Signs in as a person of the demo and goes to the page that was asked for. */
export async function signInAsDemoPerson(form: FormData): Promise<void> {
  const next = safeReturnAddress(form.get("next"));
  const gone = await runPublicAction(() => enterDemo(String(form.get("email")), next));
  redirect(gone.ok ? gone.data : failed);
}

/** Goes to the sign-in provider, which leads back to the page that was asked for. */
export async function signInAtProvider(form: FormData): Promise<void> {
  const next = safeReturnAddress(form.get("next"));
  const gone = await runPublicAction(() => beginSignIn(next));
  redirect(gone.ok ? gone.data : failed);
}
