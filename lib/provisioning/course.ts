import type { DeletionCall } from "./deletion-plan.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import type { PlannedCall } from "./plan.ts";

/** A call that an approved plan may hold. */
export type ApprovedCall = PlannedCall | DeletionCall;

/** The one thing to do next. `wait` is no failure; `stop` needs a person. */
export type CourseMove =
  | { do: "run"; call: ApprovedCall }
  | { do: "wait"; why: string; poll: "creating" | "settling" }
  | { do: "stop"; why: string }
  /** Something to write down (`note` does it), and then to look again. */
  | { do: "note"; note: () => Promise<void> }
  /** `finish` writes the end down. */
  | { do: "finish"; finish: () => Promise<void> };

/** What making a table and deleting one do differently; the loop in `reconcile.ts` is the same. */
export type Course = {
  /** Reads what the next decision needs. Throws what the gateway throws. */
  observe: () => Promise<Observed>;
  /** `activeAt`: since when this claim has seen the table ACTIVE. */
  decide: (seen: { observed: Observed; activeAt: Date | null; now: Date }) => CourseMove;
  /** Commits the intent of a call; false when it must not be sent after all, and everything be looked at again. */
  commit: (call: ApprovedCall, position: number) => Promise<boolean>;
  /** The call was answered with success. */
  answered: (call: ApprovedCall, answer: ObservedTable | null) => Promise<void>;
  /** The call was not. */
  refused: (call: ApprovedCall, error: unknown) => Promise<void>;
  /** What was read before may be over; `call`: its effect alone. */
  reread: (call?: ApprovedCall) => void;
  /** The part of the table that a call is about, if the table can go without it. */
  facetOf: (call: string) => Facet | null;
  markUnsupported: (facets: Facet[], message: string) => Promise<void>;
};
