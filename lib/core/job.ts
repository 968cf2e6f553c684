import * as z from "zod";
import type { Tx } from "#lib/infra/db.ts";
import { send } from "#lib/infra/queue.ts";

/**
 * Every job there is, with its payload. Enqueuing needs only this list, never the code that runs the job, so
 * that an earlier noun can point at a later one.
 */
export const jobs = {
  /** Make the operations that an approved request lacks, and wake those that are due. */
  "provisioning.run": z.strictObject({ requestId: z.guid() }),
  /** Run the checks of environments that somebody asked for. */
  "environment.check": z.strictObject({}),
} as const;
export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.output<(typeof jobs)[N]>;

/**
 * Puts a job into the queue within the caller's transaction: a roll-back takes it along. The queue only wakes
 * workers; a job may get lost or run twice without harm.
 */
export async function enqueue<N extends JobName>(tx: Tx, name: N, payload: JobPayload<N>): Promise<void> {
  await send(tx, name, jobs[name].parse(payload));
}
