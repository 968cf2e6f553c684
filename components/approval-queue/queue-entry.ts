import type { RequestActions } from "#components/request-details/request-page.ts";
import type { Result } from "#lib/core/result.ts";

/** What is needed of a row to decide on it. */
export type QueueEntry = {
  id: string;
  number: number;
  version: number;
  title: string;
  environment: string;
  requester: string;
  warnings: number;
  /** Why the reader cannot decide on it now; null: they can. */
  reason: string | null;
};

/** How one request of several fared. */
export type BatchOutcome = { id: string; approved: boolean; message: string };

/** The verbs as server actions. */
export type QueueActions = RequestActions & {
  approveMany: (input: {
    requests: { id: string; version: number }[];
    comment?: string;
  }) => Promise<Result<{ outcomes: BatchOutcome[] }>>;
};
