import { AppError } from "#lib/core/errors.ts";
import type { CallHook } from "#lib/infra/aws/gateway.ts";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { log, report } from "#lib/infra/log.ts";
import { withLogContext } from "#lib/infra/log-context.ts";
import { inSpan } from "#lib/infra/tracing.ts";
import { accountProblem } from "./account-check.ts";
import { limitCalls } from "./call-limits.ts";
import { creationCourse } from "./creation-course.ts";
import { deletionCourse } from "./deletion-course.ts";
import { ensureOperations } from "./ensure-operations.ts";
import { type At, persist } from "./persist.ts";
import { Overtaken, type Work } from "./progress-store.ts";
import { type Ending, reconcile } from "./reconcile.ts";
import { settleRequest } from "./settle-request.ts";
import { leaseSeconds, maxStalls, renewEverySeconds } from "./state.ts";
import { claimOperations, failOperation, layDown, releaseLeases, renewLeases } from "./store.ts";
import { type Blocked, desiredOf, environmentOf, gatewayOf } from "./target-guard.ts";

/** Tables in flight in one worker; AWS allows 500 changes at once in an account and region. */
const maxInFlight = 200;
const pausedSeconds = 30;
/** An AWS call may take 5 s; none is begun with less left of the lease. */
const callMilliseconds = 5_000;

export type Runner = {
  /** Takes up these operations as soon as there is room, if they are due and nobody holds them. */
  wake: (ids: readonly string[]) => void;
  /** Makes the operations that an approved request lacks, and wakes those that are ready. */
  takeUp: (requestId: string) => Promise<void>;
  /** Ends a request of which nothing runs or waits any more. */
  settle: (requestId: string) => Promise<void>;
  isHeld: (id: string) => boolean;
  /** Lets go of everything at its next safe point, and gives each lease back as it does. */
  stop: () => Promise<void>;
};

type Held = { requestId: string; attempt: number; renewedAt: number };

/**
 * Runs claimed operations side by side in this process and renews their leases. `owner` names the worker; `at` is
 * called before and after every side effect.
 */
export function startRunner(options: { owner: string; at?: At }): Runner {
  const at = options.at ?? (async () => {});
  const held = new Map<string, Held>();
  const waiting = new Set<string>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const stopping = new AbortController();
  let pumping = false;
  let pump = Promise.resolve();

  function wake(ids: readonly string[]): void {
    for (const id of ids) if (!held.has(id)) waiting.add(id);
    if (!pumping) pump = claimWaiting();
  }

  async function claimWaiting(): Promise<void> {
    pumping = true;
    try {
      while (!stopping.signal.aborted) {
        const ids = [...waiting].filter((id) => !held.has(id)).slice(0, maxInFlight - held.size);
        if (ids.length === 0) break;
        for (const id of ids) waiting.delete(id);
        const { claimed, sentAt } = await persist(at, "claim", async () => {
          const sentAt = performance.now();
          return { sentAt, claimed: await claimOperations(options.owner, ids) };
        });
        for (const work of claimed) begin(work, sentAt);
      }
    } catch (error) {
      // The sweep finds them again.
      log.warn({ err: error }, "could not claim operations");
    } finally {
      pumping = false;
    }
  }

  function begin(work: Work, renewedAt: number): void {
    held.set(work.id, { requestId: work.requestId, attempt: work.attempt, renewedAt });
    const run = withLogContext({ operation: work.id, request: work.requestId }, () =>
      inSpan(
        "operation",
        { kind: "internal", root: true, attributes: { "tablewright.attempt": work.attempt } },
        () => runOne(work),
      ),
    )
      .catch((error) => afterLoss(work, error, at))
      .catch((error) => letGo(work, error))
      .finally(() => {
        if (held.get(work.id)?.attempt === work.attempt) held.delete(work.id);
        running.delete(run);
        wake([]);
      });
    running.add(run);
  }

  /** The lease has run out, or will, or is not wanted any more. If nobody else took it, this worker may at once. */
  async function letGo(work: Work, error: unknown): Promise<void> {
    if (!(error instanceof Overtaken)) log.warn({ operation: work.id, err: error }, "left to the sweep");
    else if (stopping.signal.aborted)
      await releaseLeases([work]).catch((err) => log.warn({ err }, "could not give a lease back"));
    else waiting.add(work.id);
  }

  async function runOne(work: Work): Promise<void> {
    const ending = await reconcileIn(work, {
      at,
      stopping: stopping.signal,
      inFlight: () => held.size,
      leaseHolds: () => {
        const mine = held.get(work.id);
        const left = mine ? leaseSeconds * 1000 - (performance.now() - mine.renewedAt) : 0;
        return !stopping.signal.aborted && left > callMilliseconds;
      },
    });
    if (!ending.over) return wakeLater(work.id, ending.seconds);
    held.delete(work.id);
    // Whoever ends the last table of a request ends the request; here that is soon another.
    const others = [...held.values()].some((one) => one.requestId === work.requestId);
    if (!others) await settle(work.requestId);
  }

  function wakeLater(id: string, seconds: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        wake([id]);
      },
      seconds * 1000 + 20,
    );
    timer.unref();
    timers.add(timer);
  }

  const settle = (requestId: string) => persist(at, "settle", () => settleRequest(requestId));
  const renewing = setInterval(() => void renew(held), renewEverySeconds * 1000);

  return {
    wake,
    takeUp: async (requestId) => wake(await persist(at, "operations", () => ensureOperations(requestId))),
    settle,
    isHeld: (id) => held.has(id),
    stop: async () => {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await pump;
      await Promise.allSettled(running);
      clearInterval(renewing);
    },
  };
}

async function renew(held: Map<string, Held>): Promise<void> {
  const mine = [...held].map(([id, { attempt }]) => ({ id, attempt }));
  if (mine.length === 0) return;
  const sentAt = performance.now();
  try {
    const kept = await renewLeases(mine);
    for (const { id, attempt } of mine) {
      const one = held.get(id);
      if (one?.attempt !== attempt) continue;
      if (kept.has(id)) one.renewedAt = sentAt;
      // Overtaken: the loop notices before its next AWS call, and at its next write.
      else one.renewedAt = Number.NEGATIVE_INFINITY;
    }
  } catch (error) {
    log.warn({ err: error }, "could not renew leases");
  }
}

type Around = { at: At; stopping: AbortSignal; inFlight: () => number; leaseHolds: () => boolean };

/** Checks that the target is still the approved one and the account the right one, then reconciles. */
async function reconcileIn(work: Work, around: Around): Promise<Ending> {
  const config = getConfig();
  const environment = environmentOf(work, config);
  if ("do" in environment) return block(work, environment, around.at);
  const endpoint = environment.endpoint !== null;
  const limited = endpoint ? null : limitCalls(environment);
  const onCall: CallHook = (call, send) => {
    // Asked at the last moment: a worker that was frozen, or waited for its turn, may have lost its lease.
    const guarded = async () => {
      if (!around.leaseHolds()) throw new Overtaken();
      return send();
    };
    return limited ? limited(call, guarded) : guarded();
  };
  const gateway = gatewayOf(work, environment, { sandboxUrl: env.sandboxUrl, onCall });
  const problem = endpoint ? null : await accountProblem(gateway);
  if (problem) return block(work, problem, around.at);
  const surroundings = { gateway, endpoint, ...around };
  const course = work.decommission
    ? deletionCourse(work, surroundings)
    : creationCourse(work, desiredOf(work, environment, config), surroundings);
  return reconcile(work, course, surroundings);
}

async function block(work: Work, { do: what, why }: Blocked, at: At): Promise<Ending> {
  if (what === "stop") {
    await persist(at, "fail", () => failOperation(work, null, why));
    return { over: true };
  }
  await persist(at, "wait", () => layDown(work, null, pausedSeconds, why));
  return { over: false, seconds: pausedSeconds };
}

/**
 * After a claim that ended without an ending: nothing to say if it was overtaken, else a try without progress, which
 * people can see. Throws UNAVAILABLE when the database is away, Overtaken.
 */
async function afterLoss(work: Work, error: unknown, at: At): Promise<void> {
  if (error instanceof Overtaken) throw error;
  const known = error instanceof AppError;
  const why = known
    ? error.message
    : `Something unexpected went wrong; the worker's log has it under ${report(error, { operation: work.id })}.`;
  if (!known) work.stalls += 1;
  const stop = work.stalls > maxStalls;
  if (stop) await persist(at, "fail", () => failOperation(work, null, why));
  else await persist(at, "wait", () => layDown(work, null, known ? 2 : pausedSeconds, why));
}
