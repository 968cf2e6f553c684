import "server-only";
import { env } from "#lib/infra/env.ts";
import { attemptMinutes, longestHours } from "#lib/people/session-store.ts";

/** `__Host-` keeps other hosts of the domain from setting the cookie; browsers want it Secure, so only over https. */
function cookie(name: string, maxAge: number) {
  const secure = env.url.startsWith("https:");
  const options = { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge } as const;
  return { name: `${secure ? "__Host-" : ""}tablewright-${name}`, options };
}

/** The cookie of a session, and of a browser that is at the sign-in provider. `maxAge` in seconds. */
export const sessionCookie = () => cookie("session", longestHours * 3600);
export const attemptCookie = () => cookie("sign-in", attemptMinutes * 60);
