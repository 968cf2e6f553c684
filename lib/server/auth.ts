import "server-only";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { nextCookies } from "better-auth/next-js";
import * as z from "zod";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { demoPeople } from "#lib/people/demo-people.ts";

/** One click for a person of the demo; the endpoint is not there outside demo mode. */
const demoSignIn = {
  id: "demo-sign-in",
  endpoints: {
    signInAsDemoPerson: createAuthEndpoint(
      "/demo/sign-in",
      { method: "POST", body: z.object({ email: z.string().max(320) }) },
      async (ctx) => {
        const known = demoPeople.some((person) => person.email === ctx.body.email);
        if (!env.demo || !known) throw new APIError("FORBIDDEN", { message: "Not a person of the demo" });
        const found = await ctx.context.internalAdapter.findUserByEmail(ctx.body.email);
        if (!found) throw new APIError("FORBIDDEN", { message: "Not a person of the demo" });
        const session = await ctx.context.internalAdapter.createSession(found.user.id);
        await setSessionCookie(ctx, { session, user: found.user });
        return ctx.json({ id: found.user.id });
      },
    ),
  },
} as const;

function makeAuth() {
  return betterAuth({
    baseURL: env.url,
    secret: env.secret,
    database: prismaAdapter(db(), { provider: "postgresql" }),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: false },
    session: { expiresIn: 12 * 60 * 60, updateAge: 60 * 60 },
    advanced: { cookiePrefix: "tablewright", useSecureCookies: env.url.startsWith("https:") },
    plugins: [demoSignIn, nextCookies()],
  });
}

let instance: ReturnType<typeof makeAuth> | undefined;

/** Sessions by better-auth, made on first use. It is called in-process only: no route exposes its endpoints. */
export function auth() {
  instance ??= makeAuth();
  return instance;
}
