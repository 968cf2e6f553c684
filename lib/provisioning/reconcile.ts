import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#lib/core/errors.ts";
import { type ApiCall, type CallFailure, classifyFailure } from "#lib/infra/aws/failure.ts";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import { identityOf, type Move, nextMove } from "./next-move.ts";
import type { Facet, Observed } from "./observed.ts";
import { backoffSeconds, pollSeconds } from "./pacing.ts";
import { type At, persist } from "./persist.ts";
import type { Desired, PlannedCall } from "./plan.ts";
import { maxStalls } from "./state.ts";
import * as store from "./store.ts";
import { Overtaken, type Work } from "./store.ts";

/** What the loop needs from its worker. */
export type Surroundings = {
  gateway: DynamoGateway;
  /** Not AWS. */
  endpoint: boolean;
  /** How many tables this worker has in flight. */
  inFlight: () => number;
  /** Aborted when the worker stops: pauses end at once. */
  stopping: AbortSignal;
  at: At;
};

/** How a claim ended: `seconds` until somebody should look again, or null when the operation is over. */
export type Ending = { over: true } | { over: false; seconds: number };

/** Waits up to this long keep the claim; longer ones lay the operation down. */
const shortWaitSeconds = 5;
/** Answers to CreateTable that say for sure that this call made no table. */
const refusals = new Set([
  "ResourceInUseException",
  "AccessDeniedException",
  "ValidationException",
  "LimitExceededException",
]);
/** How long a change that was answered with success may take to show in reads, and how often it is made. */
const effectSeconds = 5;
const maxAnswers = 3;
const readFacets = ["ttl", "point_in_time_recovery", "tags"] as const satisfies readonly Facet[];

/**
 * Brings one table to what was approved: observe, decide, one step, and again, until it is active, has to wait for
 * long, or needs a person. Intent is committed before each AWS call; every write carries the fence.
 * Throws Overtaken when another worker has the operation now or this one stops (the gateway too throws it, for a
 * lease that has run out), UNAVAILABLE when the database stays away.
 */
export async function reconcile(work: Work, desired: Desired, around: Surroundings): Promise<Ending> {
  return new Reconciliation(work, desired, around).run();
}

class Reconciliation {
  readonly #work: Work;
  #desired: Desired;
  readonly #around: Surroundings;
  #observed: Observed = { exists: false };
  /** Facets that have to be read anew; what was read of the others still holds. */
  #stale = new Set<Facet>(readFacets);
  /** When this claim first saw the table ACTIVE. */
  #activeAt: Date | null = null;
  #told = "";
  /** People are told of a wait that the next answer ends. */
  #waited: boolean;
  /** Calls that were answered with success: how often, and when last. */
  readonly #answered = new Map<string, { times: number; at: number }>();
  readonly #begun = performance.now();

  constructor(work: Work, desired: Desired, around: Surroundings) {
    this.#work = work;
    this.#desired = desired;
    this.#around = around;
    this.#waited = work.reason !== null;
  }

  async run(): Promise<Ending> {
    for (;;) {
      const ending = await this.#pass();
      if (ending) return ending;
    }
  }

  /** One observation and what follows from it. */
  async #pass(): Promise<Ending | null> {
    try {
      this.#observed = await this.#observe();
    } catch (error) {
      this.#waited = true;
      return this.#handleFailure(error, "DescribeTable", null);
    }
    await this.#endWait();
    if (this.#observed.exists && this.#observed.tableStatus === "ACTIVE") this.#activeAt ??= new Date();
    const { intentAt, absentAt, table } = this.#work;
    const move = nextMove({
      desired: this.#desired,
      observed: this.#observed,
      tableId: table.id,
      identity: table.identity,
      intentAt,
      absentAt,
      activeAt: this.#activeAt,
      endpoint: this.#around.endpoint,
      now: new Date(),
    });
    return this.#make(move);
  }

  async #make(move: Move): Promise<Ending | null> {
    switch (move.do) {
      case "run":
        return this.#runUnlessInVain(move.call);
      case "recognise":
        await this.#recordIdentity(move.identity);
        return null;
      case "unsupported":
        await this.#markUnsupported(move.facets, "This endpoint does not support it");
        return null;
      case "wait":
        // What read empty is read again, until it shows or its time is over.
        if (move.poll === "settling") this.#stale.add("tags");
        if (move.poll === "settling") await this.#tell(move.why);
        await this.#pause(move.poll === "settling" ? 0.5 : this.#poll());
        return null;
      case "stop":
        return this.#fail(null, move.why, { looked: true });
      case "finish":
        await this.#finish();
        return { over: true };
    }
  }

  /** What people were told of a wait ends with the answer that was waited for. */
  async #endWait(): Promise<void> {
    if (!this.#waited) return;
    await this.#persist("stall", () => store.noteEndOfWait(this.#work));
    this.#waited = false;
    this.#told = "";
  }

  /** Says once what is waited for; CREATING needs no words, the step shows it. */
  async #tell(why: string): Promise<void> {
    if (this.#told === why) return;
    this.#told = why;
    await this.#persist("stall", () => store.noteStall(this.#work, null, why));
  }

  async #observe(): Promise<Observed> {
    const { gateway } = this.#around;
    const { name } = this.#work.table;
    const known = this.#observed;
    if (this.#work.table.identity === null) {
      const table = await gateway.describeTable(name);
      if (!table.exists || table.arn === null || this.#work.intentAt === null) return table;
      return this.#withTags(table);
    }
    const skip = readFacets.filter(
      (facet) => !this.#stale.has(facet) || this.#desired.unsupported.includes(facet),
    );
    const fresh = await gateway.observe(name, { deep: true, skip });
    if (!fresh.exists || !known.exists || fresh.tableStatus !== "ACTIVE") return fresh;
    this.#stale.clear();
    return {
      ...fresh,
      ttl: fresh.ttl ?? known.ttl,
      backups: fresh.backups ?? known.backups,
      tags: fresh.tags ?? known.tags,
    };
  }

  /** While it is not known whose table this is, its tags tell; AWS may not know them before it is ACTIVE. */
  async #withTags(table: Observed & { exists: true }): Promise<Observed> {
    try {
      return { ...table, tags: await this.#around.gateway.listTags(table.arn!) };
    } catch (error) {
      if (error instanceof Error && error.name === "ResourceNotFoundException") return table;
      const { kind } = classifyFailure(error, {
        call: "ListTagsOfResource",
        endpoint: this.#around.endpoint,
      });
      if (kind !== "unsupported") throw error;
      return { ...table, unsupportedReads: ["tags"] };
    }
  }

  /** A call that has been answered and does not show: its effect is read for again, then it is given up. */
  async #runUnlessInVain(call: PlannedCall): Promise<Ending | null> {
    const earlier = this.#answered.get(call.call);
    if (earlier && performance.now() - earlier.at < effectSeconds * 1000) {
      if (call.call !== "CreateTable") this.#stale.add(call.facet);
      await this.#pause(0.5);
      return null;
    }
    if (!earlier || earlier.times < maxAnswers) return this.#runCall(call);
    const words = `${call.call} was answered with success ${earlier.times} times, and reading the table shows nothing of it.`;
    if (!this.#around.endpoint || call.call === "CreateTable")
      return this.#fail(this.#positionOf(call), words);
    await this.#markUnsupported([call.facet], words);
    return null;
  }

  async #runCall(call: PlannedCall): Promise<Ending | null> {
    const position = this.#positionOf(call);
    const { at, gateway } = this.#around;
    const { absentAt } = this.#work;
    await this.#commit(call, position);
    await at(`${call.call}: before`);
    try {
      const created = await gateway.run(call);
      await at(`${call.call}: after`);
      this.#work.stalls = 0;
      const times = (this.#answered.get(call.call)?.times ?? 0) + 1;
      this.#answered.set(call.call, { times, at: performance.now() });
      if (call.call !== "CreateTable") this.#stale.add(call.facet);
      if (created) {
        this.#observed = created;
        const identity = identityOf(created);
        if (identity) await this.#recordIdentity(identity);
        await this.#pause(this.#poll());
      }
      return null;
    } catch (error) {
      if (call.call === "CreateTable") await this.#noteRefusal(error, absentAt);
      return this.#handleFailure(error, call.call, position);
    }
  }

  /**
   * A CreateTable that was refused made nothing. If none before it may have, a table that is there all the same is
   * somebody else's, even on an endpoint whose tables carry no tags that could tell.
   */
  async #noteRefusal(error: unknown, earlierAbsence: Date | null): Promise<void> {
    const refused = error instanceof Error && refusals.has(error.name);
    if (!refused || earlierAbsence !== null) return;
    await this.#persist("refusal", () => store.recordRefusal(this.#work));
    this.#work.absentAt = null;
  }

  async #commit(call: PlannedCall, position: number): Promise<void> {
    if (call.call === "CreateTable") {
      const absentAt = new Date();
      this.#work.intentAt = await this.#persist("CreateTable intent", () =>
        store.commitIntent(this.#work, position, absentAt),
      );
      this.#work.absentAt = absentAt;
    } else {
      await this.#persist(`${call.call} intent`, () =>
        store.commitStep(this.#work, position, this.#observed),
      );
    }
  }

  async #recordIdentity(identity: string): Promise<void> {
    if (!this.#observed.exists) return;
    const observed = this.#observed;
    await this.#persist("identity", () => store.recordIdentity(this.#work, identity, observed));
    this.#work.table.identity = identity;
  }

  async #finish(): Promise<void> {
    const observed = this.#observed;
    if (!observed.exists) return;
    await this.#persist("finish", () =>
      store.finishOperation(this.#work, observed, this.#desired.unsupported),
    );
  }

  /** AWS said no, or nothing: what follows from it. */
  async #handleFailure(error: unknown, call: ApiCall, position: number | null): Promise<Ending | null> {
    if (error instanceof Overtaken || error instanceof AppError) throw error;
    const failure = classifyFailure(error, { call, endpoint: this.#around.endpoint });
    const words = `${failure.message}\n${failure.explanation}`;
    switch (failure.kind) {
      case "stop":
        return this.#fail(position, words);
      case "unsupported":
        return this.#handleUnsupported(call, position, words);
      case "wait":
        return this.#wait(position, failure);
      case "already":
      case "ambiguous":
      case "retry":
        for (const facet of readFacets) this.#stale.add(facet);
        return this.#stall(position, failure);
    }
  }

  async #handleUnsupported(call: ApiCall, position: number | null, words: string): Promise<Ending | null> {
    const facet =
      call === "UpdateTimeToLive"
        ? "ttl"
        : call === "UpdateContinuousBackups"
          ? "point_in_time_recovery"
          : null;
    if (facet === null) return this.#fail(position, words);
    await this.#markUnsupported([facet], words);
    return null;
  }

  async #markUnsupported(facets: Facet[], message: string): Promise<void> {
    const unsupported = [...new Set([...this.#desired.unsupported, ...facets])].sort();
    const callOf: Partial<Record<Facet, string>> = {
      ttl: "UpdateTimeToLive",
      point_in_time_recovery: "UpdateContinuousBackups",
    };
    const calls = facets.map((facet) => callOf[facet]);
    const positions = this.#work.steps
      .filter((step) => calls.includes(step.call))
      .map((step) => step.position);
    await this.#persist("unsupported", () =>
      store.markUnsupported(this.#work, unsupported, positions, message),
    );
    this.#desired = { ...this.#desired, unsupported };
  }

  async #wait(position: number | null, failure: CallFailure & { kind: "wait" }): Promise<Ending | null> {
    const { seconds } = failure;
    const why = `${failure.message}\n${failure.explanation}`;
    if (seconds <= shortWaitSeconds) {
      await this.#persist("stall", () => store.noteStall(this.#work, position, why));
      await this.#pause(seconds);
      return null;
    }
    return this.#layDown(position, seconds, why);
  }

  async #layDown(position: number | null, seconds: number, why: string): Promise<Ending> {
    await this.#persist("wait", () => store.layDown(this.#work, position, seconds, why));
    return { over: false, seconds };
  }

  /** Another try soon; after too many in a row a person has to look. */
  async #stall(position: number | null, { message, explanation }: CallFailure): Promise<Ending | null> {
    const words = `${message}\n${explanation}`;
    this.#work.stalls += 1;
    if (this.#work.stalls > maxStalls) {
      const gaveUp = `Gave up after ${maxStalls} tries without progress.`;
      return this.#fail(position, `${gaveUp}\n${message}\nRetry once the cause is gone.`);
    }
    const seconds = backoffSeconds(this.#work.stalls - 1);
    if (seconds > shortWaitSeconds) return this.#layDown(position, seconds, words);
    await this.#persist("stall", () => store.noteStall(this.#work, position, words));
    await this.#pause(seconds);
    return null;
  }

  async #fail(position: number | null, problem: string, how: { looked?: boolean } = {}): Promise<Ending> {
    await this.#persist("fail", () => store.failOperation(this.#work, position, problem, how));
    return { over: true };
  }

  #positionOf(call: PlannedCall): number {
    return this.#work.steps.find((step) => step.call === call.call)?.position ?? 0;
  }

  #poll(): number {
    return pollSeconds((performance.now() - this.#begun) / 1000, this.#around.inFlight());
  }

  #persist<T>(what: string, write: () => Promise<T>): Promise<T> {
    return persist(this.#around.at, what, write);
  }

  async #pause(seconds: number): Promise<void> {
    const { stopping } = this.#around;
    await sleep(seconds * 1000, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) throw new Overtaken();
  }
}
