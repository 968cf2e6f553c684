import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { olderThan, type Page, pageInput, toPage } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import { visibleTo } from "#lib/requests/queries.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { type NoticeView, noticeFilters } from "./schema.ts";

/** What waits for somebody else by now, or for nobody, needs no reading. */
const unread = { readAt: null, handledAt: null } satisfies Prisma.NoticeWhereInput;

const noticeInclude = {
  request: {
    select: {
      number: true,
      kind: true,
      project: true,
      environment: true,
      tables: { select: { name: true }, orderBy: { key: "asc" } },
      decommissions: { select: { table: { select: { name: true } } }, orderBy: { table: { key: "asc" } } },
    },
  },
} as const satisfies Prisma.NoticeInclude;
type NoticeRow = Prisma.NoticeGetPayload<{ include: typeof noticeInclude }>;

export const noticeListInput = pageInput.extend({
  /** Only what is unread, what waits (or waited) for this person, or news of what they asked for. */
  show: z.enum(noticeFilters).optional(),
});

/** This person's own notices about requests that they (still) may see, the newest first. */
export const listNotices = query({
  input: noticeListInput,
  run: async (actor: UserActor, { show, cursor, limit }): Promise<Page<NoticeView>> => {
    const rows = await db().notice.findMany({
      where: {
        AND: [
          { personId: actor.id, request: visibleTo(actor) },
          olderThan(cursor),
          show === "unread" ? unread : { kind: show },
        ],
      },
      include: noticeInclude,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    });
    return toPage(rows, limit, toNoticeView);
  },
});

/** How many of them are unread, counted up to a thousand: every page asks. */
export const countUnreadNotices = query({
  input: z.strictObject({}),
  run: (actor: UserActor): Promise<number> =>
    db().notice.count({
      where: { personId: actor.id, request: visibleTo(actor), ...unread },
      take: 1_000,
    }),
});

/** Whether any notice about this request is unread: opening the request reads them. */
export const hasUnreadNotice = query({
  input: z.strictObject({ request: z.guid() }),
  run: async (actor: UserActor, { request }): Promise<boolean> => {
    const where = { personId: actor.id, requestId: request, request: visibleTo(actor), readAt: null };
    return (await db().notice.findFirst({ where, select: { id: true } })) !== null;
  },
});

function toNoticeView({ request, handledBy, handledAt, ...row }: NoticeRow): NoticeView {
  const { tables, decommissions, ...about } = request;
  return {
    id: row.id,
    kind: row.kind === "turn" ? "turn" : "news",
    event: row.event,
    actor: row.actorName,
    group: row.group,
    handled: handledBy && handledAt ? { by: handledBy, at: handledAt.toISOString() } : null,
    unread: row.readAt === null && handledAt === null,
    created_at: row.createdAt.toISOString(),
    request: {
      id: row.requestId,
      ...about,
      tables: request.kind === "decommission" ? decommissions.map(({ table }) => table) : tables,
    },
  };
}
