import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { allow } from "#lib/core/decision.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { lockRequest, moveRequest, releaseNames, requireState } from "./store.ts";

/** Ends a request that nobody decided on for `request_expiry_days`; its names are free again. */
export const expireRequest = command({
  name: "request.expire",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, input, actor: SystemActor) => {
    const request = await lockRequest(tx, input.id, actor);
    requireState(request, "expire");
    return request;
  },
  authorize: () => allow,
  run: async ({ tx, subject }) => {
    await moveRequest(tx, subject, "expire");
    await releaseNames(tx, subject.id);
    return {
      result: { id: subject.id },
      subject: { id: subject.id, version: subject.version },
      audit: { afterDays: getConfig().request_expiry_days },
    };
  },
});

/** The ids of up to 100 requests whose time is over, by the database's clock. */
export async function findExpiredRequests(): Promise<string[]> {
  const days = getConfig().request_expiry_days;
  const rows = await db().$queryRaw<{ id: string }[]>`
    select id from request
    where state in ('submitted', 'sent_back') and "updatedAt" < now() - make_interval(days => ${days}::int)
    limit 100`;
  return rows.map((row) => row.id);
}
