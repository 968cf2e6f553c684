import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import { tableIdTag } from "../next-move.ts";
import type { Observed, ObservedTable } from "../observed.ts";
import { afterCall, desiredTable } from "../plan.arbitrary.ts";
import { plan } from "../plan.ts";

/** One table that had, or has, the name. */
type Incarnation = { id: string; owner: "us" | "stranger" };
type State = {
  table: Incarnation;
  status: "ACTIVE" | "DELETING";
  tags: Record<string, string>;
  protected: boolean;
};
/** What is so from a moment (seconds) on; null: no table of the name. */
type Version = { from: number; state: State | null };

export type Strangeness = {
  /** 0 to 1, the next one each time. */
  random: () => number;
  /** Reads show what was so up to so many seconds ago, each of its own age. */
  maxLag: number;
  /** How long a table is DELETING. */
  deletingSeconds: number;
  /** How likely a call of each kind goes wrong. */
  faults: number;
  /** The endpoint has no TableId. */
  withoutTableId: boolean;
};

/** A DeleteTable that came to a table. */
export type Deletion = { at: number; hit: Incarnation; calledAt: number };

const oursTag = "t-1";
const base = afterCall(null, plan(desiredTable(), { exists: false })[0]!);

class Refused extends Error {
  readonly $metadata = { httpStatusCode: 400 };
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}
const lost = () => Object.assign(new Error("no answer"), { name: "TimeoutError" });

/**
 * DynamoDB as it may behave at its worst, in its own time: reads lag and each by another while, answers get lost before
 * or after the deed, single reads see nothing, tags read empty, and strangers delete, make and change tables of the name.
 */
export class LyingEndpoint {
  now = 1_000;
  readonly deletions: Deletion[] = [];
  readonly unprotections: Incarnation[] = [];
  /** When a stranger, not a call of ours, began to delete our table; null: never. */
  deletedByStrangerAt: number | null = null;
  #versions: Version[];
  #made = 0;
  #liesInARow = 0;
  readonly #how: Strangeness;

  constructor(how: Strangeness, protectedAtFirst: boolean) {
    this.#how = how;
    const table = { id: "ours", owner: "us" } as const;
    const tags = { [tableIdTag]: oursTag };
    this.#versions = [{ from: 0, state: { table, status: "ACTIVE", tags, protected: protectedAtFirst } }];
  }

  get #quiet(): boolean {
    return this.#how.faults === 0;
  }

  /** From now on nothing goes wrong any more, and reads are fresh. */
  calmDown(): void {
    this.#how.faults = 0;
    this.#how.maxLag = 0;
  }

  state(at = this.now): State | null {
    return this.#versions.findLast(({ from }) => from <= at)?.state ?? null;
  }

  pass(seconds: number): void {
    this.now += seconds;
  }

  #set(state: State | null, from = this.now): void {
    this.#versions = [...this.#versions.filter((version) => version.from <= from), { from, state }];
  }

  #beginDeletion(state: State): void {
    this.#set({ ...state, status: "DELETING" });
    this.#versions.push({ from: this.now + this.#how.deletingSeconds, state: null });
  }

  /** Something a stranger does, if it can be done now. */
  strangerActs(): void {
    const state = this.state();
    const dice = this.#how.random();
    if (state === null) {
      const table = { id: `stranger-${++this.#made}`, owner: "stranger" } as const;
      // One that was copied with our very tag is still not ours.
      const tags: Record<string, string> =
        dice < 0.5 ? { [tableIdTag]: oursTag } : dice < 0.8 ? {} : { Owner: "x" };
      this.#set({ table, status: "ACTIVE", tags, protected: dice < 0.1 });
    } else if (state.status === "ACTIVE" && dice < 0.6) {
      if (state.table.owner === "us") this.deletedByStrangerAt = this.now;
      this.#beginDeletion({ ...state, protected: false });
    } else if (state.status === "ACTIVE" && dice < 0.75) this.#set({ ...state, protected: !state.protected });
    else if (state.status === "ACTIVE" && dice < 0.85) this.#set({ ...state, tags: { Owner: "x" } });
  }

  /** The way to it, as the worker has one. */
  gateway(): DynamoGateway {
    const describe = async (): Promise<Observed> => this.#describe();
    return {
      describeTable: describe,
      observe: async () => {
        const table = this.#describe();
        return table.exists && table.tableStatus === "ACTIVE" ? { ...table, tags: this.#readTags() } : table;
      },
      run: async ({ call }) => {
        if (call === "DeleteTable") this.#delete();
        else if (call === "UpdateTable") this.#unprotect();
        else throw new Error(`${call} is no call of a deletion`);
        return null;
      },
    } as Partial<DynamoGateway> as DynamoGateway;
  }

  #seen(): State | null {
    this.pass(this.#how.random() * (this.#quiet ? 0.2 : 1));
    if (this.#how.random() < this.#how.faults / 2) throw lost();
    return this.state(this.now - this.#how.random() * this.#how.maxLag);
  }

  #describe(): Observed {
    const state = this.#seen();
    if (state !== null && this.#liesInARow === 0 && this.#how.random() < this.#how.faults / 2) {
      this.#liesInARow++;
      return { exists: false };
    }
    this.#liesInARow = 0;
    return state === null ? { exists: false } : this.#toObserved(state);
  }

  #toObserved({ table, status, protected: deletionProtection }: State): ObservedTable {
    const identity = this.#how.withoutTableId
      ? { tableId: null, createdAt: table.id }
      : { tableId: table.id };
    return {
      ...base,
      ...identity,
      tableStatus: status,
      deletionProtection,
      tags: null,
      unsupportedReads: [],
    };
  }

  #readTags(): Record<string, string> {
    const state = this.#seen();
    if (state === null) throw new Refused("ResourceNotFoundException");
    return this.#how.random() < this.#how.faults / 2 ? {} : state.tags;
  }

  /** Refused, lost on the way there or on the way back; and it takes its time, up to the five seconds a call may take. */
  #call(act: () => void): void {
    const { random, faults } = this.#how;
    const fate = random();
    if (fate < faults / 3) throw new Refused("ThrottlingException");
    this.pass(random() * (fate < faults ? 5 : 0.5));
    if (fate < faults / 2) throw lost();
    act();
    if (fate < faults) throw lost();
  }

  #delete(): void {
    const calledAt = this.now;
    this.#call(() => {
      const state = this.state();
      if (state === null) throw new Refused("ResourceNotFoundException");
      if (state.protected) throw new Refused("ValidationException");
      if (state.status === "DELETING") return;
      this.deletions.push({ at: this.now, hit: state.table, calledAt });
      this.#beginDeletion(state);
    });
  }

  #unprotect(): void {
    this.#call(() => {
      const state = this.state();
      if (state === null) throw new Refused("ResourceNotFoundException");
      if (state.status === "DELETING") throw new Refused("ResourceInUseException");
      this.unprotections.push(state.table);
      this.#set({ ...state, protected: false });
    });
  }
}
