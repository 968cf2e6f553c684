import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { onlySystem } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { lockRequest, moveRequest, releaseTables, requireState } from "./store.ts";

/**
 * Ends a request that nobody did anything about for `request_expiry_days`; its names are free again.
 * Throws CONFLICT when it no longer waits or its time is not over.
 */
export const expireRequest = command({
  name: "request.expire",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, input, actor: SystemActor) => {
    const request = await lockRequest(tx, input.id, actor);
    requireState(request, "expire");
    if (!(await isOverdue(tx, input.id))) {
      throw new AppError("CONFLICT", `Somebody looked after request ${request.number} meanwhile.`);
    }
    return request;
  },
  authorize: onlySystem,
  run: async ({ tx, subject }) => {
    await moveRequest(tx, subject, "expire");
    await releaseTables(tx, subject.id);
    return {
      result: { id: subject.id },
      subject: { id: subject.id, version: subject.version },
      audit: { afterDays: getConfig().request_expiry_days },
    };
  },
});

/** What is said of a request whose time is over, until a worker has ended it. */
export function timeIsOver(number: number): string {
  const days = getConfig().request_expiry_days;
  return `The time of request ${number} is over: it waited for ${days === 1 ? "a day" : `${days} days`} and expires.`;
}

/** Whether a request has waited for `request_expiry_days`, by the database's clock. */
export async function isOverdue(tx: Tx, id: string): Promise<boolean> {
  const days = getConfig().request_expiry_days;
  const rows = await tx.$queryRaw<object[]>`
    select id from request where id = ${id}::uuid and "updatedAt" < now() - make_interval(days => ${days}::int)`;
  return rows.length === 1;
}

/** The ids of up to 100 requests whose time is over, by the database's clock. */
export async function findExpiredRequests(): Promise<string[]> {
  const days = getConfig().request_expiry_days;
  const rows = await db().$queryRaw<{ id: string }[]>`
    select id from request
    where state in ('submitted', 'sent_back') and "updatedAt" < now() - make_interval(days => ${days}::int)
    limit 100`;
  return rows.map((row) => row.id);
}
