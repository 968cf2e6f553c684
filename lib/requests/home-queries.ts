import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { DraftContent } from "./draft-schema.ts";
import { mayDecideNow } from "./policy.ts";
import { type QueueItem, toQueueItem } from "./queries.ts";
import type { RequestView } from "./schema.ts";
import type { RequestState } from "./state.ts";
import { type RequestRow, requestInclude, subjectOf, subjectSelect, toRequestView } from "./view.ts";

const nothing = z.strictObject({});
const openStates: RequestState[] = ["submitted", "sent_back", "approved", "provisioning", "failed"];

export type Waiting = {
  /** The longest waiting `limit` of them, in that order. */
  rows: QueueItem[];
  /** All of them. */
  count: number;
  /** ISO 8601. */
  oldestAt: string | null;
};

/** Of one person's groups' requests at most so many are looked at, a few columns each. */
const mostLookedAt = 2_000;

/** The requests this person could decide on now. Without `limit` only counted, as every page does. */
export const listWaiting = query({
  input: z.strictObject({ limit: z.int().min(0).max(100).default(0) }),
  run: async (actor: UserActor, { limit }): Promise<Waiting> => {
    const submitted = await db().request.findMany({
      where: {
        state: "submitted",
        OR: actor.groups.map((group) => ({ required: { array_contains: [{ group }] } })),
      },
      select: { id: true, createdAt: true, ...subjectSelect },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: mostLookedAt,
    });
    const selfApproval = getConfig().self_approval;
    const waiting = submitted.filter((row) => mayDecideNow(actor, subjectOf(row, selfApproval)).allowed);
    const rows = await findInOrder(waiting.slice(0, limit).map((row) => row.id));
    return {
      rows: rows.map((row) => toQueueItem(actor, row)),
      count: waiting.length,
      oldestAt: waiting[0]?.createdAt.toISOString() ?? null,
    };
  },
});

async function findInOrder(ids: string[]): Promise<RequestRow[]> {
  if (ids.length === 0) return [];
  return db().request.findMany({
    where: { id: { in: ids } },
    include: requestInclude,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export type DraftSummary = {
  id: string;
  /** Null until they are chosen. */
  project: string | null;
  environment: string | null;
  keys: string[];
  /** ISO 8601. */
  updated_at: string;
};

/** This person's drafts, the last touched first; there are at most 50. */
export const listDrafts = query({
  input: nothing,
  run: async (actor: UserActor): Promise<DraftSummary[]> => {
    const rows = await db().request.findMany({
      where: { state: "draft", requesterId: actor.id },
      orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      select: { id: true, project: true, environment: true, draft: true, updatedAt: true },
    });
    return rows.map((row) => ({
      id: row.id,
      project: row.project || null,
      environment: row.environment || null,
      keys: (row.draft as unknown as DraftContent).tables.map((table) => table.key),
      updated_at: row.updatedAt.toISOString(),
    }));
  },
});

/** What this person asked for and that is not over yet, the newest `limit`. */
export const listOpenRequests = query({
  input: z.strictObject({ limit: z.int().min(1).max(100) }),
  run: async (actor: UserActor, { limit }): Promise<RequestView[]> => {
    const rows = await db().request.findMany({
      where: { requesterId: actor.id, state: { in: openStates } },
      include: requestInclude,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    });
    return rows.map((row) => toRequestView(row, []));
  },
});
