import { AppError } from "#lib/core/errors.ts";
import type { CallHook } from "#lib/infra/aws/gateway.ts";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { log, report } from "#lib/infra/log.ts";
import { accountProblem } from "./account-check.ts";
import { limitCalls } from "./call-limits.ts";
import { type Ending, persist, reconcile } from "./reconcile.ts";
import { settleRequest } from "./settle-request.ts";
import { leaseSeconds, renewEverySeconds } from "./state.ts";
import {
  claimOperations,
  failOperation,
  layDown,
  Overtaken,
  releaseLeases,
  renewLeases,
  type Work,
} from "./store.ts";
import { desiredOf, environmentOf, gatewayOf } from "./target-guard.ts";

/** Tables in flight in one worker; AWS allows 500 changes at once in an account and region. */
const maxInFlight = 200;
const pausedSeconds = 30;
/** An AWS call may take 5 s; none is begun with less left of the lease. */
const callMilliseconds = 5_000;

export type Runner = {
  /** Takes up these operations as soon as there is room, if they are due and nobody holds them. */
  wake: (ids: readonly string[]) => void;
  isHeld: (id: string) => boolean;
  /** Lets go of everything at its next safe point, and gives the leases back. */
  stop: () => Promise<void>;
};

type Held = { requestId: string; attempt: number; renewedAt: number };

/**
 * Runs claimed operations side by side in this process and renews their leases. `owner` names the worker; `at` is
 * called at every side effect.
 */
export function startRunner(options: { owner: string; at?: (point: string) => Promise<void> }): Runner {
  const at = options.at ?? (async () => {});
  const held = new Map<string, Held>();
  const waiting = new Set<string>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let pumping = false;
  let stopping = false;

  function wake(ids: readonly string[]): void {
    for (const id of ids) if (!held.has(id)) waiting.add(id);
    void pump();
  }

  async function pump(): Promise<void> {
    if (pumping || stopping) return;
    pumping = true;
    try {
      while (waiting.size > 0 && held.size < maxInFlight && !stopping) {
        const ids = [...waiting].slice(0, maxInFlight - held.size);
        for (const id of ids) waiting.delete(id);
        const sentAt = performance.now();
        const claimed = await claimOperations(options.owner, ids);
        await at("claim: after the write");
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
    const run = runOne(work)
      .catch((error) => noteLoss(work, error))
      .finally(() => {
        held.delete(work.id);
        running.delete(run);
        void pump();
      });
    running.add(run);
  }

  async function runOne(work: Work): Promise<void> {
    const ending = await reconcileIn(work, {
      at,
      inFlight: () => held.size,
      leaseHolds: () => {
        const mine = held.get(work.id);
        const left = mine ? leaseSeconds * 1000 - (performance.now() - mine.renewedAt) : 0;
        return !stopping && mine?.attempt === work.attempt && left > callMilliseconds;
      },
    });
    if (!ending.over) return wakeLater(work.id, ending.seconds);
    held.delete(work.id);
    // Whoever ends the last table of a request ends the request; here that is soon another.
    const others = [...held.values()].some((one) => one.requestId === work.requestId);
    if (!others) await persist(() => settleRequest(work.requestId));
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

  const renewing = setInterval(() => void renew(held), renewEverySeconds * 1000);

  return {
    wake,
    isHeld: (id) => held.has(id),
    stop: async () => {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      const mine = [...held].map(([id, { attempt }]) => ({ id, attempt }));
      await Promise.allSettled(running);
      clearInterval(renewing);
      if (mine.length > 0) await releaseLeases(mine);
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

type Around = { at: (point: string) => Promise<void>; inFlight: () => number; leaseHolds: () => boolean };

/** Checks that the target is still the approved one and the account the right one, then reconciles. */
async function reconcileIn(work: Work, around: Around): Promise<Ending> {
  const config = getConfig();
  const environment = environmentOf(work, config);
  if ("do" in environment) return block(work, environment);
  const desired = desiredOf(work, environment, config);
  const endpoint = environment.endpoint !== null;
  const onCall: CallHook | undefined = endpoint ? undefined : limitCalls(environment);
  const gateway = gatewayOf(work, environment, { sandboxUrl: env.sandboxUrl, onCall });
  const problem = endpoint ? null : await accountProblem(gateway, environment);
  if (problem) return block(work, problem);
  return reconcile(work, desired, { gateway, endpoint, ...around });
}

async function block(work: Work, { do: what, why }: { do: "stop" | "pause"; why: string }): Promise<Ending> {
  const position = work.steps.find((step) => step.state !== "done")?.position ?? null;
  if (what === "stop") {
    await persist(() => failOperation(work, position, why));
    return { over: true };
  }
  await persist(() => layDown(work, position, pausedSeconds, why));
  return { over: false, seconds: pausedSeconds };
}

function noteLoss(work: Work, error: unknown): void {
  if (error instanceof Overtaken) return;
  const known = error instanceof AppError;
  if (known) log.warn({ operation: work.id, err: error }, "left an operation to the sweep");
  else report(error, { operation: work.id });
}
