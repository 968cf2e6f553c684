import type { Decision } from "#lib/core/decision.ts";

/** More than so many are not counted: a number that nobody works off is not worth the time. */
export const mostCounted = 1_000;

/** One request of the approvers' queue. */
export type QueueItem = {
  request: {
    id: string;
    number: number;
    kind: string;
    version: number;
    project: string;
    environment: string;
    requester_name: string;
    tables: readonly { name: string }[];
    /** ISO 8601. */
    created_at: string;
  };
  /** What its row holds cannot be read; the figures are then empty. */
  broken: boolean;
  /** Approvals given, of how many. */
  given: number;
  needed: number;
  /** The group whose turn it is. */
  turn: string | null;
  /** Warnings of its tables, as of the submit. */
  warnings: number;
  /** Expected cost of its tables a month, in US cents; null: nobody can say. */
  monthly_cents: number | null;
  /** It may cost more than that. */
  monthly_more: boolean;
  /** Whether the reader can decide now, with the reason if not. */
  may: Decision;
};
