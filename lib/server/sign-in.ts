import "server-only";
import { cookies, headers } from "next/headers";
import type { SystemActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { toUnavailable } from "#lib/core/failure.ts";
import { clientAddressHeader } from "#lib/infra/client-address.ts";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { warn } from "#lib/infra/log.ts";
import { beginOidcSignIn, finishOidcSignIn, oidcSignOutUrl, signInProviderName } from "#lib/infra/oidc.ts";
import { readClaims } from "#lib/people/claims.ts";
import { countAttempts, keepAttempt, takeAttempt } from "#lib/people/session-store.ts";
import { signIn } from "#lib/people/sign-in.ts";
import { signInDemo } from "#lib/people/sign-in-demo.ts";
import { signOut } from "#lib/people/sign-out.ts";
import { safeReturnAddress } from "./return-address.ts";
import { readSession } from "./session.ts";
import { attemptCookie, sessionCookie } from "./session-cookie.ts";
import { failureReason, isSignInProblem, type SignInProblem } from "./sign-in-problem.ts";

/** So many people behind one address may begin to sign in within a minute. */
const mostAttemptsAMinute = 120;
const signInSystem: SystemActor = { kind: "system", job: "sign-in" };

/** Where to go now: into the portal, to the provider, or back to the sign-in page with what went wrong. */
type Destination = string;

/** What the sign-in button names; null where nobody can sign in but with one click in demo mode. */
export const signInProvider = signInProviderName;

/** Signs in as a person of the demo. */
export async function enterDemo(email: string, next: string): Promise<Destination> {
  return orProblem(next, async () => {
    await setSession(await signInDemo(signInSystem, { email, arrival: await arrival() }));
    return next;
  });
}

/** Sends the browser to the provider, with a cookie that it must bring back. */
export async function beginSignIn(next: string): Promise<Destination> {
  return orProblem(next, async () => {
    if (env.demo) throw new AppError("NOT_FOUND", "The demo has no sign-in provider.");
    const address = await readAddress();
    if ((await countAttempts(address)) >= mostAttemptsAMinute) {
      throw new AppError("LIMIT", `More than ${mostAttemptsAMinute} sign-ins a minute began at ${address}.`);
    }
    const { url, proof } = await beginOidcSignIn();
    const { name, options } = attemptCookie();
    (await cookies()).set(name, await keepAttempt({ ...proof, next }, address), options);
    return url;
  });
}

/**
 * The browser comes back from the provider. Its cookie is good for one use, whatever comes of it.
 * `search`: the query that the provider sent it with.
 */
export async function finishSignIn(search: string): Promise<Destination> {
  const jar = await cookies();
  const { name, options } = attemptCookie();
  const secret = jar.get(name)?.value;
  jar.set(name, "", { ...options, maxAge: 0 });
  const attempt = secret && !env.demo ? await takeAttempt(secret) : null;
  if (!attempt) return problemAddress("again", null, "/");
  const next = safeReturnAddress(attempt.next);
  return orProblem(next, async () => {
    const { issuer, subject, claims, idToken } = await finishOidcSignIn(search, attempt);
    const person = readClaims(claims, getConfig().sign_in?.oidc.groups_claim ?? "groups");
    if (person.groupsProblem)
      warn("sign-in without groups", { issuer, subject, reason: person.groupsProblem });
    const input = { issuer, subject, person, idToken, arrival: await arrival() };
    await setSession(await signIn(signInSystem, input));
    return next;
  });
}

/** Ends the session here, and says where it ends at the provider; that page leads back to ours. */
export async function leave(): Promise<Destination> {
  const session = await readSession();
  const { name, options } = sessionCookie();
  const idToken = session ? await signOut(session.actor, { session: session.id }).catch(alreadyOver) : null;
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return (idToken && (await oidcSignOutUrl(idToken))) ?? "/sign-in";
}

function alreadyOver(error: unknown): null {
  if (error instanceof AppError && error.code === "NOT_FOUND") return null;
  throw error;
}

async function orProblem(next: string, use: () => Promise<Destination>): Promise<Destination> {
  try {
    return await use();
  } catch (thrown) {
    const error = toUnavailable(thrown);
    const reference = crypto.randomUUID().slice(0, 8);
    warn("sign-in failed", { reference, reason: failureReason(error), address: await readAddress() });
    return problemAddress(problemOf(error), reference, next);
  }
}

function problemOf(error: unknown): SignInProblem {
  if (!(error instanceof AppError)) return "failed";
  const id = error.errors[0]?.id;
  if (isSignInProblem(id)) return id;
  if (error.code === "LIMIT") return "busy";
  return error.code === "UNAVAILABLE" ? "unavailable" : "failed";
}

function problemAddress(problem: SignInProblem, reference: string | null, next: string): Destination {
  const query = new URLSearchParams({
    problem,
    ...(reference && { reference }),
    ...(next !== "/" && { next }),
  });
  return `/sign-in?${query}`;
}

async function setSession(secret: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, secret, options);
}

async function arrival() {
  const agent = (await headers()).get("user-agent");
  const former = (await cookies()).get(sessionCookie().name)?.value.slice(0, 100);
  return {
    address: await readAddress(),
    userAgent: agent?.slice(0, 300).toWellFormed() ?? null,
    former: former ?? null,
  };
}

async function readAddress(): Promise<string> {
  return (await headers()).get(clientAddressHeader) ?? "unknown";
}
