import { noteAuditHead } from "#lib/audit/seal.job.ts";
import { sealAudit } from "#lib/audit/seal-store.ts";
import { AppError } from "#lib/core/errors.ts";
import { toUnavailable } from "#lib/core/failure.ts";
import type { JobName } from "#lib/core/job.ts";
import { db } from "#lib/infra/db.ts";
import { log, report } from "#lib/infra/log.ts";
import { listen } from "#lib/infra/queue.ts";
import { deliveryRounds, tidyNotifications } from "#lib/notifications/deliver.job.ts";
import { fanOut } from "#lib/notifications/fan-out.job.ts";
import { forgetOldKeys } from "#lib/people/idempotency-store.ts";
import { forgetOldCounts } from "#lib/people/rate-store.ts";
import { forgetEndedSessions } from "#lib/people/session-store.ts";
import { takeAccountSnapshots } from "#lib/provisioning/account-snapshot.job.ts";
import { checkEnvironments } from "#lib/provisioning/check-environment.job.ts";
import { observeTables } from "#lib/provisioning/observe.job.ts";
import { runJob } from "#lib/provisioning/run.job.ts";
import { startRunner } from "#lib/provisioning/runner.ts";
import { sweep } from "#lib/provisioning/sweep.job.ts";
import { expireRequest, findExpiredRequests } from "#lib/requests/expire.ts";
import { configurationFingerprint } from "#lib/requests/outcome.ts";
import { reevaluateRequests } from "#lib/requests/re-evaluate.job.ts";
import { remindRequest } from "#lib/requests/remind.ts";
import { findRequestsToRemind } from "#lib/requests/reminder-store.ts";

export type RunningWorker = { stop: () => Promise<void> };

/** One worker: the queue, the rounds, and the signs of life. `at` is called at every side effect, for tests. */
export async function startWorker(options: {
  owner: string;
  at?: (point: string) => Promise<void>;
}): Promise<RunningWorker> {
  const deliveries = deliveryRounds();
  const runner = startRunner(options);
  const checks = every(2, checkEnvironments);
  const rounds = [
    checks,
    every(2, () => beat(options.owner)),
    every(2, () => sweep(runner)),
    every(2, () => reevaluateRequests({ kind: "system", job: "re-evaluation" })),
    every(5, () => observeTables()),
    // Not at once: a worker that starts has operations to take up.
    every(60, takeAccountSnapshots, { firstAfterSeconds: 20 }),
    every(60, expireRequests),
    every(60, remindRequests),
    every(2, fanOut),
    ...deliveries.map((round) => every(2, round)),
    every(600, tidyNotifications),
    every(2, () => sealAudit()),
    every(600, noteAuditHead),
    every(600, forgetOldKeys),
    every(600, forgetEndedSessions),
    every(600, forgetOldCounts),
  ];
  const queue = await listen({
    "provisioning.run": runJob(runner),
    "environment.check": async () => checks.now(),
  } satisfies Record<JobName, (payload: unknown) => Promise<void>>);
  return {
    stop: async () => {
      const stopped = rounds.map((round) => round.stop());
      await Promise.allSettled([queue.stop(), runner.stop(), ...stopped]);
      await db().worker.deleteMany({ where: { id: options.owner } });
    },
  };
}

/** `now` begins the next round at once, unless one is under way: that one, or the next, finds the work. */
type Round = { now: () => void; stop: () => Promise<void> };

/** Calls `round` now, or a little later, and then again `seconds` after each has ended; one that fails is reported and goes on. A round that works a backlog off looks at its signal: once that is aborted it takes up nothing more. */
function every(
  seconds: number,
  round: (ending: AbortSignal) => Promise<unknown>,
  { firstAfterSeconds = 0 }: { firstAfterSeconds?: number } = {},
): Round {
  let timer: NodeJS.Timeout | undefined;
  const end = new AbortController();
  let running = false;
  const run = async () => {
    running = true;
    await round(end.signal).catch((thrown: unknown) => {
      const error = toUnavailable(thrown);
      if (error instanceof AppError) log.warn({ err: error }, "a round was left out");
      else report(error, { where: "round" });
    });
    running = false;
    if (!end.signal.aborted) timer = setTimeout(start, seconds * 1000);
  };
  let present = Promise.resolve();
  const start = () => {
    present = run();
  };
  if (firstAfterSeconds === 0) start();
  else timer = setTimeout(start, firstAfterSeconds * 1000);
  return {
    now: () => {
      clearTimeout(timer);
      if (!running && !end.signal.aborted) start();
    },
    stop: () => {
      end.abort();
      clearTimeout(timer);
      return present;
    },
  };
}

async function beat(owner: string): Promise<void> {
  await db().$executeRaw`
    insert into worker (id, configuration) values (${owner}, ${configurationFingerprint()})
    on conflict (id) do update set "beatAt" = now()`;
  // Workers that were killed leave their row behind.
  await db().$executeRaw`delete from worker where "beatAt" < now() - interval '1 day'`;
}

async function expireRequests(): Promise<void> {
  for (const id of await findExpiredRequests()) {
    await expireRequest({ kind: "system", job: "expiry" }, { id }).catch((error) =>
      noteUnlessMeanwhile(id, error),
    );
  }
}

async function remindRequests(): Promise<void> {
  for (const id of await findRequestsToRemind()) {
    await remindRequest({ kind: "system", job: "reminders" }, { id }).catch((error) =>
      noteUnlessMeanwhile(id, error),
    );
  }
}

/** Another worker, or a person, may have been quicker: that request is no longer ours to look after. */
function noteUnlessMeanwhile(id: string, error: unknown): void {
  if (!(error instanceof AppError && error.code === "CONFLICT")) report(error, { request: id });
}
