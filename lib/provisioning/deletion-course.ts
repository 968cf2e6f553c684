import type { ApprovedCall, Course, CourseMove } from "./course.ts";
import * as store from "./deletion-store.ts";
import { nextDeletionMove } from "./next-deletion-move.ts";
import { identityOf } from "./next-move.ts";
import type { Facet, Observed } from "./observed.ts";
import { persist } from "./persist.ts";
import { Overtaken, type Work } from "./progress-store.ts";
import type { Surroundings } from "./reconcile.ts";

/** Where the course writes down how far it got; every write carries the fence. */
export type DeletionRecords = Omit<typeof store, "failDeletion">;

/** How a table goes: only the one whose identity was recorded, and only as long as it is. */
export function deletionCourse(
  work: Work,
  around: Pick<Surroundings, "gateway" | "endpoint" | "at">,
  records: DeletionRecords = store,
): Course {
  return new Deletion(work, around, records);
}

class Deletion implements Course {
  readonly #work: Work;
  readonly #around: Pick<Surroundings, "gateway" | "endpoint" | "at">;
  readonly #records: DeletionRecords;
  #observed: Observed = { exists: false };
  /** Since when no read of this claim has shown the table. */
  #goneAt: Date | null = null;

  constructor(
    work: Work,
    around: Pick<Surroundings, "gateway" | "endpoint" | "at">,
    records: DeletionRecords,
  ) {
    this.#work = work;
    this.#around = around;
    this.#records = records;
  }

  get #tagless(): boolean {
    return this.#around.endpoint && this.#work.table.unsupported.includes("tags");
  }

  /** DescribeTable and, once it is ACTIVE, its tags, all of it anew each time. */
  async observe(): Promise<Observed> {
    const skip: Facet[] = ["ttl", "point_in_time_recovery", ...(this.#tagless ? (["tags"] as const) : [])];
    try {
      this.#observed = await this.#around.gateway.observe(this.#work.table.name, { deep: true, skip });
      return this.#observed;
    } catch (error) {
      // It may have been the tags that could not be read, of a table that is there after all.
      this.#goneAt = null;
      throw error;
    }
  }

  decide(seen: { observed: Observed; activeAt: Date | null; now: Date }): CourseMove {
    const { table, request, decommission, intentAt } = this.#work;
    const shown = seen.observed.exists && identityOf(seen.observed) === table.identity;
    this.#goneAt = shown ? null : (this.#goneAt ?? seen.now);
    const move = nextDeletionMove({
      ...seen,
      name: table.name,
      tableId: table.id,
      identity: table.identity,
      approved: request.state === "provisioning" && decommission !== null,
      unprotect: decommission?.unprotect ?? false,
      tagless: this.#tagless,
      intentAt,
      goneAt: this.#goneAt,
    });
    if (move.do !== "finish") return move;
    const { by, another } = move;
    return {
      do: "finish",
      finish: () => this.#persist("finish", () => this.#records.finishDeletion(this.#work, { by, another })),
    };
  }

  async commit(call: ApprovedCall, position: number): Promise<boolean> {
    const observed = this.#observed;
    if (!observed.exists) return false;
    if (call.call === "UpdateTable") {
      await this.#persist("UpdateTable intent", () =>
        this.#records.commitUnprotect(this.#work, position, observed),
      );
      return true;
    }
    this.#work.intentAt = await this.#persist("DeleteTable intent", () =>
      this.#records.commitDeletion(this.#work, position, observed),
    );
    if (await this.#isStillThere()) return true;
    await this.#takeBack();
    return false;
  }

  /**
   * DeleteTable takes a name and no condition, and committing the intent may have taken seconds: one more look, and
   * what is not exactly the table that was just judged, or cannot be read, is not deleted.
   */
  async #isStillThere(): Promise<boolean> {
    try {
      const last = await this.#around.gateway.describeTable(this.#work.table.name);
      const same = last.exists && identityOf(last) === this.#work.table.identity;
      return same && last.tableStatus === "ACTIVE" && !last.deletionProtection;
    } catch (error) {
      if (error instanceof Overtaken) throw error;
      return false;
    }
  }

  async answered(): Promise<void> {}

  /** A 400 of DynamoDB's says for sure that this DeleteTable deleted nothing. */
  async refused(call: ApprovedCall, error: unknown): Promise<void> {
    if (call.call !== "DeleteTable" || !(error instanceof Error)) return;
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 400 && error.name.endsWith("Exception")) await this.#takeBack();
  }

  /** Nor may an earlier one be out: it was waited for, or this one would not have been begun. */
  async #takeBack(): Promise<void> {
    await this.#persist("refusal", () => this.#records.recordNoDeletion(this.#work));
    this.#work.intentAt = null;
  }

  reread(): void {}

  /** A table cannot be deleted in part. */
  facetOf(): Facet | null {
    return null;
  }

  async markUnsupported(): Promise<void> {}

  #persist<T>(what: string, write: () => Promise<T>): Promise<T> {
    return persist(this.#around.at, what, write);
  }
}
