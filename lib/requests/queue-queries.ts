import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { deny } from "#lib/core/decision.ts";
import { type Page, pageInput, toPage } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { approvalEntries, entryInTurn } from "./approval-progress.ts";
import { mayDecideNow } from "./policy.ts";
import type { QueueItem } from "./queue-item.ts";
import { countWaitingSql, findQueueIds, type QueueOrder } from "./queue-store.ts";
import { subjectOf, subjectSelect } from "./view.ts";

/** As much of a request as a row of the queue needs: no specs, steps or events, whatever the request holds. */
const queueSelect = {
  ...subjectSelect,
  id: true,
  number: true,
  kind: true,
  environment: true,
  warnings: true,
  monthlyCents: true,
  monthlyMore: true,
  createdAt: true,
  requester: { select: { name: true } },
  tables: { select: { name: true }, orderBy: { key: "asc" } },
  decommissions: { select: { table: { select: { name: true } } }, orderBy: { table: { key: "asc" } } },
} as const satisfies Prisma.RequestSelect;

type QueueRow = Prisma.RequestGetPayload<{ select: typeof queueSelect }>;

export const queueInput = pageInput.extend({
  q: z.string().max(200).optional(),
  environment: z.string().max(255).optional(),
  project: z.string().max(255).optional(),
  /** Only what this person can decide on now. */
  needs: z.enum(["me"]).optional(),
  sort: z.enum(["newest", "oldest"]).optional(),
});

/** The approvers' queue: what waits and whose turn it is, by age. One row that cannot be read leaves the others as they are. */
export const listApprovalQueue = query({
  input: queueInput,
  run: async (actor: UserActor, { cursor, limit, sort = "newest", ...filter }): Promise<Page<QueueItem>> => {
    const page = { order: sort, cursor, take: limit + 1 };
    const rows = await findQueueRows(actor, filter, page);
    return toPage(rows, limit, (row) => toQueueItem(actor, row));
  },
});

/** Changes whenever a page of the queue would show something else: a request came, went, was edited or approved. */
export function queueSignature(items: readonly QueueItem[]): string {
  return items
    .map(({ request, given, turn }) => `${request.id}:${request.version}:${given}:${turn}`)
    .join(" ");
}

/** The signature of a page of the queue as it is now; an open page compares it with its own. */
export const getQueueSignature = query({
  input: queueInput,
  run: async (actor: UserActor, input) => ({
    signature: queueSignature((await listApprovalQueue(actor, input)).items),
  }),
});

export type Waiting = {
  /** The longest waiting `limit` of them, in that order. */
  rows: QueueItem[];
  /** All of them, up to a thousand. */
  count: number;
  /** ISO 8601. */
  oldestAt: string | null;
};

/** The requests this person could decide on now. Without `limit` only counted, as every page does. */
export const listWaiting = query({
  input: z.strictObject({ limit: z.int().min(0).max(100).default(0) }),
  run: async (actor: UserActor, { limit }): Promise<Waiting> => {
    const [counted] = await db().$queryRaw<{ count: number; oldestAt: Date | null }[]>(
      countWaitingSql(actor, getConfig().self_approval),
    );
    const page = { order: "oldest", take: limit } as const;
    const rows = limit > 0 ? await findQueueRows(actor, { needs: "me" }, page) : [];
    return {
      rows: rows.map((row) => toQueueItem(actor, row)),
      count: counted!.count,
      oldestAt: counted!.oldestAt?.toISOString() ?? null,
    };
  },
});

type Filter = Omit<Parameters<typeof findQueueIds>[1], "selfApproval">;

async function findQueueRows(
  actor: UserActor,
  { q, ...filter }: Filter,
  page: { order: QueueOrder; cursor?: string | undefined; take: number },
): Promise<QueueRow[]> {
  const selfApproval = getConfig().self_approval;
  const ids = await findQueueIds(actor, { ...filter, q: q?.trim() || undefined, selfApproval }, page);
  if (ids.length === 0) return [];
  const rows = await db().request.findMany({ where: { id: { in: ids } }, select: queueSelect });
  const places = new Map(ids.map((id, place) => [id, place]));
  return rows.toSorted((a, b) => places.get(a.id)! - places.get(b.id)!);
}

const unread = {
  broken: true,
  given: 0,
  needed: 0,
  turn: null,
  warnings: 0,
  monthly_cents: null,
  monthly_more: false,
} as const;

function toQueueItem(actor: UserActor, row: QueueRow): QueueItem {
  const { requester, tables, decommissions, createdAt, ...own } = row;
  const request = {
    id: own.id,
    number: own.number,
    kind: own.kind,
    version: own.version,
    project: own.project,
    environment: own.environment,
    requester_name: requester.name,
    tables: own.kind === "decommission" ? decommissions.map(({ table }) => table) : tables,
    created_at: createdAt.toISOString(),
  };
  try {
    const subject = subjectOf(row, getConfig().self_approval);
    const entries = approvalEntries(subject.required, subject.given, subject.version);
    return {
      request,
      broken: false,
      given: entries.reduce((sum, entry) => sum + entry.given, 0),
      needed: entries.reduce((sum, entry) => sum + entry.count, 0),
      turn: entryInTurn(entries)?.group ?? null,
      warnings: own.warnings,
      monthly_cents: own.monthlyCents,
      monthly_more: own.monthlyMore,
      may: mayDecideNow(actor, subject),
    };
  } catch {
    const may = deny("What this request needs cannot be read");
    return { request, ...unread, may };
  }
}
