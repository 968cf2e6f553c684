import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#lib/core/errors.ts";
import { type ApiCall, type CallFailure, classifyFailure } from "#lib/infra/aws/failure.ts";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { ApprovedCall, Course, CourseMove } from "./course.ts";
import type { Observed } from "./observed.ts";
import { backoffSeconds, pollSeconds } from "./pacing.ts";
import { type At, persist } from "./persist.ts";
import { Overtaken, type Work } from "./progress-store.ts";
import { maxStalls } from "./state.ts";
import * as store from "./store.ts";

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
/** How long a change that was answered with success may take to show in reads, and how often it is made. */
const effectSeconds = 5;
const maxAnswers = 3;

/**
 * Brings one table to what was approved: observe, decide, one step, and again, until that is so, has to wait for long,
 * or needs a person. `course` says what is read, decided and written down on the way. Intent is committed before each AWS call; every write carries the fence.
 * Throws Overtaken when another worker has the operation now or this one stops (the gateway too throws it, for a
 * lease that has run out), UNAVAILABLE when the database stays away.
 */
export async function reconcile(work: Work, course: Course, around: Surroundings): Promise<Ending> {
  return new Reconciliation(work, course, around).run();
}

class Reconciliation {
  readonly #work: Work;
  readonly #course: Course;
  readonly #around: Surroundings;
  /** When this claim first saw the table ACTIVE. */
  #activeAt: Date | null = null;
  #told = "";
  /** People are told of a wait that the next answer ends. */
  #waited: boolean;
  /** Calls that were answered with success: how often, and when last. */
  readonly #answered = new Map<string, { times: number; at: number }>();
  readonly #begun = performance.now();

  constructor(work: Work, course: Course, around: Surroundings) {
    this.#work = work;
    this.#course = course;
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
    let observed: Observed;
    try {
      observed = await this.#course.observe();
    } catch (error) {
      this.#waited = true;
      return this.#handleFailure(error, "DescribeTable", null);
    }
    await this.#endWait();
    const now = new Date();
    if (observed.exists && observed.tableStatus === "ACTIVE") this.#activeAt ??= now;
    return this.#make(this.#course.decide({ observed, activeAt: this.#activeAt, now }));
  }

  async #make(move: CourseMove): Promise<Ending | null> {
    switch (move.do) {
      case "run":
        return this.#runUnlessInVain(move.call);
      case "note":
        await move.note();
        return null;
      case "wait":
        if (move.poll === "settling") await this.#tell(move.why);
        await this.#pause(move.poll === "settling" ? 0.5 : this.#poll());
        return null;
      case "stop":
        return this.#fail(null, move.why, { looked: true });
      case "finish":
        await move.finish();
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

  /** A call that has been answered and does not show: its effect is read for again, then it is given up. */
  async #runUnlessInVain(call: ApprovedCall): Promise<Ending | null> {
    const earlier = this.#answered.get(call.call);
    if (earlier && performance.now() - earlier.at < effectSeconds * 1000) {
      this.#course.reread(call);
      await this.#pause(0.5);
      return null;
    }
    if (!earlier || earlier.times < maxAnswers) return this.#runCall(call);
    const words = `${call.call} was answered with success ${earlier.times} times, and reading the table shows nothing of it.`;
    const facet = this.#around.endpoint ? this.#course.facetOf(call.call) : null;
    if (facet === null) return this.#fail(this.#positionOf(call), words);
    await this.#course.markUnsupported([facet], words);
    return null;
  }

  async #runCall(call: ApprovedCall): Promise<Ending | null> {
    const position = this.#positionOf(call);
    const { at, gateway } = this.#around;
    if (!(await this.#course.commit(call, position))) {
      await this.#pause(this.#poll());
      return null;
    }
    await at(`${call.call}: before`);
    try {
      const answer = await gateway.run(call);
      await at(`${call.call}: after`);
      this.#work.stalls = 0;
      const times = (this.#answered.get(call.call)?.times ?? 0) + 1;
      this.#answered.set(call.call, { times, at: performance.now() });
      await this.#course.answered(call, answer);
      if (answer) await this.#pause(this.#poll());
      return null;
    } catch (error) {
      await this.#course.refused(call, error);
      return this.#handleFailure(error, call.call, position);
    }
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
        this.#course.reread();
        return this.#stall(position, failure);
    }
  }

  async #handleUnsupported(call: ApiCall, position: number | null, words: string): Promise<Ending | null> {
    const facet = this.#course.facetOf(call);
    if (facet === null) return this.#fail(position, words);
    await this.#course.markUnsupported([facet], words);
    return null;
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

  #positionOf(call: ApprovedCall): number {
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
