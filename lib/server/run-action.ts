import "server-only";
import { headers } from "next/headers";
import type { UserActor } from "#lib/core/actor.ts";
import { type Result, toResult } from "#lib/core/result.ts";
import { noteRefusal, report } from "#lib/infra/log.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { getActor } from "./session.ts";

/** Every server action: same origin, session → actor → verb, and refusals as a Result. */
export async function runAction<T>(use: (actor: UserActor) => Promise<T>): Promise<Result<T>> {
  return runPublicAction(async () => use(await getActor()));
}

/** As `runAction`, for what happens around a session and needs no actor: signing in and out. */
export async function runPublicAction<T>(use: () => Promise<T>): Promise<Result<T>> {
  return toResult(
    async () => {
      requireSameOrigin(await headers());
      return use();
    },
    (error) => report(error, { where: "action" }),
    noteRefusal,
  );
}
