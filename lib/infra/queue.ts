import { fromPrisma, PgBoss } from "pg-boss";
import type { Tx } from "./db.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";

/**
 * pg-boss as a bell: it wakes workers, and the truth is in our own rows. Web processes only send; workers
 * listen. Jobs are kept an hour, retried never: the sweep finds whatever a lost job leaves behind.
 */
const queueOptions = {
  notify: true,
  retryLimit: 0,
  expireInSeconds: 60,
  deleteAfterSeconds: 3600,
} as const;

let sender: Promise<PgBoss> | undefined;

/** Creates or upgrades the queue's schema `pgboss` and the named queues; part of every migration. */
export async function installQueue(databaseUrl: string, names: readonly string[]): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 2, supervise: false, schedule: false });
  boss.on("error", warn);
  await boss.start();
  try {
    for (const name of names) {
      await boss.createQueue(name, queueOptions);
      await boss.updateQueue(name, queueOptions);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Sends one job inside the caller's transaction. Throws if the queue was never installed. */
export async function send(tx: Tx, name: string, payload: object): Promise<void> {
  sender ??= open({ useListenNotify: true, max: 2 }).catch((error) => {
    sender = undefined;
    throw error;
  });
  await (await sender).send(name, payload, { db: fromPrisma(tx) });
}

/**
 * Calls its handler for every job of each queue until the returned function is called. A handler must be quick: it
 * takes note of the work and returns.
 */
export async function listen(
  handlers: Record<string, (payload: unknown) => Promise<void>>,
): Promise<{ stop: () => Promise<void> }> {
  const boss = await open({
    useListenNotify: true,
    max: 4,
    supervise: true,
    notifyHeartbeatIntervalMs: 2000,
  });
  const options = {
    batchSize: 50,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 1,
  };
  for (const [name, handle] of Object.entries(handlers)) {
    await boss.work(name, options, async (jobs) => {
      for (const job of jobs) await handle(job.data);
    });
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 3000 }) };
}

/** Stops sending; for orderly process ends and tests. */
export async function closeQueue(): Promise<void> {
  const open = sender;
  sender = undefined;
  await (await open)?.stop({ graceful: false });
}

async function open(options: {
  useListenNotify: boolean;
  max: number;
  supervise?: boolean;
  notifyHeartbeatIntervalMs?: number;
}) {
  const boss = new PgBoss({
    connectionString: env.databaseUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
    ...options,
  });
  // Without a listener a lost connection would end the process; pg-boss reconnects by itself.
  boss.on("error", warn);
  await boss.start();
  return boss;
}

/** Says what went wrong and no more: such an error carries the whole connection, its secrets included. */
function warn(error: Error & { code?: unknown }): void {
  log.warn({ code: error.code, reason: error.message }, "queue");
}
