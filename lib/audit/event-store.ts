import type * as z from "zod";
import { AppError } from "#lib/core/errors.ts";
import { containsText, sameText } from "#lib/core/text-search.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { type AuditEventView, auditCursor, type auditFilters } from "./schema.ts";

export type AuditFilters = z.output<z.ZodObject<typeof auditFilters>>;
export type AuditRow = Prisma.AuditEventGetPayload<object>;

/** A search reads no more people and tables than so many; whoever means others types more of the name. */
const mostFound = 200;

/**
 * The lines that these filters leave, the last first, at most `limit` behind a cursor; and the cursor of those that
 * follow, null where there are none. By time, because every index ends with it. Throws INVALID for a bad cursor.
 */
export async function readEvents(
  filters: AuditFilters,
  { cursor, limit }: { cursor?: string | null | undefined; limit: number },
): Promise<{ rows: AuditRow[]; next: string | null }> {
  const found = await db().auditEvent.findMany({
    where: {
      event: filters.event,
      requestId: filters.request_id,
      subjectId: filters.subject_id,
      at: { gte: filters.since, lt: filters.until },
      AND: [
        filters.actor === undefined ? {} : await doneBy(filters.actor),
        filters.q ? await about(filters.q.trim()) : {},
        cursor ? olderThan(cursor) : {},
      ],
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last && found.length > limit ? cursorOf(last) : null };
}

/** Lines as the API answers them, with the e-mail that who acted has now. */
export async function auditViews(rows: readonly AuditRow[]): Promise<AuditEventView[]> {
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.actorId))] } },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map(({ id, email }) => [id, email]));
  return rows.map((row) => ({
    id: String(row.id),
    at: row.at.toISOString(),
    actor: row.actorKind === "user" ? (emails.get(row.actorId) ?? row.actorName) : "system",
    actor_name: row.actorName,
    event: row.event,
    subject_type: row.subjectType,
    subject_id: row.subjectId,
    request_id: row.requestId,
    version: row.version,
    comment: row.comment,
    data: row.data as Record<string, unknown>,
  }));
}

/** What the ids in these lines are called: numbers of requests, names of tables and of people. */
export async function subjectNames(rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const ids = (type: string) => [
    ...new Set(rows.filter((row) => row.subjectType === type).map((row) => row.subjectId)),
  ];
  const requests = [...new Set(rows.flatMap(({ requestId }) => requestId ?? []))];
  const [numbers, tables, people] = await Promise.all([
    db().request.findMany({ where: { id: { in: requests } }, select: { id: true, number: true } }),
    db().table.findMany({ where: { id: { in: ids("table") } }, select: { id: true, name: true } }),
    db().user.findMany({ where: { id: { in: ids("person") } }, select: { id: true, name: true } }),
  ]);
  return new Map([
    ...numbers.map(({ id, number }) => [id, `#${number}`] as const),
    ...[...tables, ...people].map(({ id, name }) => [id, name] as const),
  ]);
}

async function doneBy(actor: string): Promise<Prisma.AuditEventWhereInput> {
  if (actor === "system") return { actorKind: "system" };
  const person = await db().user.findFirst({
    where: { email: sameText(actor) },
    select: { id: true },
  });
  return { actorKind: "user", actorId: person?.id ?? "" };
}

/** By or about this person (part of a name or an e-mail), this table (part of its name), request (`#` and its number), or id. */
async function about(text: string): Promise<Prisma.AuditEventWhereInput> {
  const [, sign, number] = /^(#?)(\d{1,9})$/.exec(text) ?? [];
  const request = number
    ? await db().request.findFirst({ where: { number: Number(number) }, select: { id: true } })
    : null;
  if (sign) return { requestId: { in: request ? [request.id] : [] } };
  const part = containsText(text);
  const [people, tables] = await Promise.all([
    db().user.findMany({
      where: { OR: [{ name: part }, { email: part }] },
      select: { id: true },
      take: mostFound,
    }),
    db().table.findMany({
      where: { name: part },
      orderBy: { createdAt: "desc" },
      select: { id: true, requestId: true },
      take: mostFound,
    }),
  ]);
  const persons = people.map(({ id }) => id);
  const requests = [...tables.map(({ requestId }) => requestId), ...(request ? [request.id] : [])];
  return {
    OR: [
      { actorId: { in: persons } },
      { subjectId: { in: [text, ...persons, ...tables.map(({ id }) => id)] } },
      { requestId: { in: requests.filter((id) => id !== null) } },
    ],
  };
}

const cursorOf = ({ at, id }: AuditRow) =>
  Buffer.from(JSON.stringify([at.toISOString(), String(id)])).toString("base64url");

/** The first condition is redundant and lets Postgres start at the right place of the index. */
function olderThan(cursor: string): Prisma.AuditEventWhereInput {
  const [at, id] = readCursor(cursor);
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { at, id: { lt: BigInt(id) } }] };
}

function readCursor(cursor: string): z.output<typeof auditCursor> {
  try {
    return auditCursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new AppError("INVALID", "This cursor is not one of ours; start again without it.", {
      errors: [{ path: "/cursor", message: "Not a cursor that a list answered" }],
    });
  }
}
