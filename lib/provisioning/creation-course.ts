import { classifyFailure } from "#lib/infra/aws/failure.ts";
import { isApproved } from "./approved-plan.ts";
import type { ApprovedCall, Course, CourseMove } from "./course.ts";
import { identityOf, type Move, nextMove } from "./next-move.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import { persist } from "./persist.ts";
import type { Desired } from "./plan.ts";
import type { Work } from "./progress-store.ts";
import type { Surroundings } from "./reconcile.ts";
import * as store from "./store.ts";

/** Answers to CreateTable that say for sure that this call made no table. */
const refusals = new Set([
  "ResourceInUseException",
  "AccessDeniedException",
  "ValidationException",
  "LimitExceededException",
]);
const readFacets = ["ttl", "point_in_time_recovery", "tags"] as const satisfies readonly Facet[];
const facetsOfCalls: Record<string, Facet> = {
  UpdateTimeToLive: "ttl",
  UpdateContinuousBackups: "point_in_time_recovery",
};

/** How a table comes to be what was approved. */
export function creationCourse(work: Work, desired: Desired, around: Surroundings): Course {
  return new Creation(work, desired, around);
}

class Creation implements Course {
  readonly #work: Work;
  #desired: Desired;
  readonly #around: Surroundings;
  #observed: Observed = { exists: false };
  /** Facets that have to be read anew; what was read of the others still holds. */
  #stale = new Set<Facet>(readFacets);
  /** What `absentAt` was before the last intent. */
  #earlierAbsence: Date | null = null;

  constructor(work: Work, desired: Desired, around: Surroundings) {
    this.#work = work;
    this.#desired = desired;
    this.#around = around;
  }

  async observe(): Promise<Observed> {
    this.#observed = await this.#read();
    return this.#observed;
  }

  async #read(): Promise<Observed> {
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

  decide(seen: { observed: Observed; activeAt: Date | null; now: Date }): CourseMove {
    const { intentAt, absentAt, table } = this.#work;
    return this.#toMove(
      nextMove({
        ...seen,
        desired: this.#desired,
        tableId: table.id,
        identity: table.identity,
        intentAt,
        absentAt,
        endpoint: this.#around.endpoint,
      }),
    );
  }

  #toMove(move: Move): CourseMove {
    switch (move.do) {
      case "recognise":
        return { do: "note", note: () => this.#recordIdentity(move.identity) };
      case "unsupported":
        return {
          do: "note",
          note: () => this.markUnsupported(move.facets, "This endpoint does not support it"),
        };
      case "wait":
        // What read empty is read again, until it shows or its time is over.
        if (move.poll === "settling") this.#stale.add("tags");
        return move;
      case "finish":
        return { do: "finish", finish: () => this.#finish() };
      case "run":
        return this.#unlessUnapproved(move);
      default:
        return move;
    }
  }

  /** The plan is made anew before each call, from a configuration that may have changed; only what was approved runs. */
  #unlessUnapproved(move: Move & { do: "run" }): CourseMove {
    const { id, name, plan } = this.#work.table;
    if (isApproved(move.call, plan, id)) return move;
    return {
      do: "stop",
      why: `${move.call.call} for ${name} is not as it was approved: the configuration changed meanwhile. It was not sent. Put the configuration back and retry, or submit the request again, so that it is approved anew.`,
    };
  }

  async commit(call: ApprovedCall, position: number): Promise<boolean> {
    if (call.call !== "CreateTable") {
      await this.#persist(`${call.call} intent`, () =>
        store.commitStep(this.#work, position, this.#observed),
      );
      return true;
    }
    const absentAt = new Date();
    this.#earlierAbsence = this.#work.absentAt;
    this.#work.intentAt = await this.#persist("CreateTable intent", () =>
      store.commitIntent(this.#work, position, absentAt),
    );
    this.#work.absentAt = absentAt;
    return true;
  }

  async answered(call: ApprovedCall, created: ObservedTable | null): Promise<void> {
    this.reread(call);
    if (!created) return;
    this.#observed = created;
    const identity = identityOf(created);
    if (identity) await this.#recordIdentity(identity);
  }

  /**
   * A CreateTable that was refused made nothing. If none before it may have, a table that is there all the same is
   * somebody else's, even on an endpoint whose tables carry no tags that could tell.
   */
  async refused(call: ApprovedCall, error: unknown): Promise<void> {
    if (call.call !== "CreateTable") return;
    const refused = error instanceof Error && refusals.has(error.name);
    if (!refused || this.#earlierAbsence !== null) return;
    await this.#persist("refusal", () => store.recordRefusal(this.#work));
    this.#work.absentAt = null;
  }

  reread(call?: ApprovedCall): void {
    const facet = call && facetsOfCalls[call.call];
    for (const one of facet ? [facet] : call ? [] : readFacets) this.#stale.add(one);
  }

  facetOf(call: string): Facet | null {
    return facetsOfCalls[call] ?? null;
  }

  async markUnsupported(facets: Facet[], message: string): Promise<void> {
    const unsupported = [...new Set([...this.#desired.unsupported, ...facets])].sort();
    const positions = this.#work.steps
      .filter((step) => facets.includes(facetsOfCalls[step.call]!))
      .map((step) => step.position);
    await this.#persist("unsupported", () =>
      store.markUnsupported(this.#work, unsupported, positions, message),
    );
    this.#desired = { ...this.#desired, unsupported };
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

  #persist<T>(what: string, write: () => Promise<T>): Promise<T> {
    return persist(this.#around.at, what, write);
  }
}
