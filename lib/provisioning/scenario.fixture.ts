import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { getRequest } from "#lib/requests/queries.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { makeActor } from "#prisma/factories.ts";

/** Repeats `look` until it answers something, for at most `seconds`. */
export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  seconds = 30,
): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > until) throw new Error(`Not so after ${seconds} s: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The request once it is in one of these states. */
export function requestIn(
  actor: UserActor,
  id: string,
  states: string[],
  seconds?: number,
): Promise<RequestView> {
  return eventually(async () => {
    const request = await getRequest(actor, { id });
    return states.includes(request.state) && request;
  }, seconds);
}

/** Called at the top of a test file: a sandbox and one worker in this process, against the file's database. */
export function useWorker(options: SandboxOptions = {}) {
  const running: { sandbox: Sandbox; worker: RunningWorker; dana: UserActor } = {} as never;
  beforeAll(async () => {
    running.sandbox = await startSandbox({ creatingSeconds: 0.2, ...options });
    process.env.TABLEWRIGHT_SANDBOX_URL = running.sandbox.url;
    running.dana = await makeActor("shop-devs");
    running.worker = await startWorker({ owner: `test-${randomUUID()}` });
  });
  afterAll(async () => {
    await running.worker.stop();
    await running.sandbox.close();
  });
  return running;
}

/** The audit events of a request, in order, with how often each came. */
export async function auditOf(requestId: string): Promise<Record<string, number>> {
  const rows = await db().auditEvent.findMany({ where: { requestId }, orderBy: { id: "asc" } });
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const name = row.event.startsWith("table.")
      ? `${row.event} ${(row.data as { name: string }).name}`
      : row.event;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
