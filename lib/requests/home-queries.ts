import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import type { DraftContent } from "./draft-schema.ts";
import type { RequestView } from "./schema.ts";
import type { RequestState } from "./state.ts";
import { requestInclude, toRequestView } from "./view.ts";

const nothing = z.strictObject({});
const openStates: RequestState[] = ["submitted", "sent_back", "approved", "provisioning", "failed"];

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
