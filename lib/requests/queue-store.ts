import { seesAll, type UserActor } from "#lib/core/actor.ts";
import { readCursor } from "#lib/core/keyset.ts";
import { patternOf } from "#lib/core/text-search.ts";
import { db } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { mostCounted } from "./queue-item.ts";

export type QueueFilter = {
  /** The configuration's `self_approval`. */
  selfApproval: boolean;
  q?: string | undefined;
  environment?: string | undefined;
  project?: string | undefined;
  /** Only what this person can decide on now. */
  needs?: "me" | undefined;
};

export type QueueOrder = "newest" | "oldest";

/**
 * The ids of the requests that wait for approval and that this person may see, a page of them. Postgres walks an index
 * by age, or one by whose turn it is, or looks the text up; `queue-plans.test.ts` sees to it.
 * Throws INVALID for a bad cursor.
 */
export function queueIdsSql(
  actor: UserActor,
  filter: QueueFilter,
  page: { order: QueueOrder; cursor?: string | undefined; take: number },
  people: readonly string[],
): Prisma.Sql {
  const direction = page.order === "newest" ? Prisma.sql`desc` : Prisma.sql`asc`;
  const conditions = [
    Prisma.sql`r.state = 'submitted'`,
    seenBy(actor),
    ...filterConditions(actor, filter, people),
    ...beyond(page.cursor, page.order),
  ];
  return Prisma.sql`select r.id from request r where ${Prisma.join(conditions, " and ")}
    order by r."createdAt" ${direction}, r.id ${direction} limit ${page.take}`;
}

/** How many wait for this person's decision, at most `mostCounted`, and since when the oldest does. */
export function countWaitingSql(actor: UserActor, selfApproval: boolean): Prisma.Sql {
  return Prisma.sql`
    select count(*)::int as count, min(waiting."createdAt") as "oldestAt"
    from (select r."createdAt" from request r
          where r.state = 'submitted' and ${needsDecisionOf(actor, selfApproval)}
          order by r."createdAt", r.id limit ${mostCounted}) waiting`;
}

/** A page of ids, in order. Throws INVALID for a bad cursor. */
export async function findQueueIds(
  actor: UserActor,
  filter: QueueFilter,
  page: Parameters<typeof queueIdsSql>[2],
): Promise<string[]> {
  const people = filter.q ? await findPeople(filter.q) : [];
  const rows = await db().$queryRaw<{ id: string }[]>(queueIdsSql(actor, filter, page, people));
  return rows.map(({ id }) => id);
}

/** The same scope as `canSee`. */
function seenBy(actor: UserActor): Prisma.Sql {
  if (seesAll(actor)) return Prisma.sql`true`;
  const ways = [
    Prisma.sql`r.project = any(${actor.projects}::text[])`,
    ...actor.groups.map((group) => Prisma.sql`r.required @> ${JSON.stringify([{ group }])}::jsonb`),
  ];
  return Prisma.sql`(${Prisma.join(ways, " or ")})`;
}

/** The same as `mayDecideNow`: the turn of a group of theirs, asked by somebody else, and not decided on by them yet. */
function needsDecisionOf(actor: UserActor, selfApproval: boolean): Prisma.Sql {
  if (actor.auditor) return Prisma.sql`false`;
  return Prisma.sql`r.turn = any(${actor.groups}::text[])
    and (${selfApproval} or r."requesterId" <> ${actor.id})
    and not exists (select 1 from approval a
                    where a."requestId" = r.id and a.version = r.version and a."personId" = ${actor.id})`;
}

function filterConditions(actor: UserActor, filter: QueueFilter, people: readonly string[]): Prisma.Sql[] {
  const { q, environment, project, needs, selfApproval } = filter;
  return [
    ...(environment ? [Prisma.sql`r.environment = ${environment}`] : []),
    ...(project ? [Prisma.sql`r.project = ${project}`] : []),
    ...(needs === "me" ? [needsDecisionOf(actor, selfApproval)] : []),
    ...(q ? [holds(q, people)] : []),
  ];
}

/** The text in the project or a table's name, the person who asked, or the number. */
function holds(q: string, people: readonly string[]): Prisma.Sql {
  const ways = [Prisma.sql`r."searchText" like ${patternOf(q.toLowerCase())}`];
  if (people.length > 0) ways.push(Prisma.sql`r."requesterId" = any(${people}::text[])`);
  if (/^#?\d{1,9}$/.test(q)) ways.push(Prisma.sql`r.number = ${Number(q.replace("#", ""))}`);
  return Prisma.sql`(${Prisma.join(ways, " or ")})`;
}

/** People whose name or e-mail holds the text. */
async function findPeople(q: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    select id from "user" where name ilike ${patternOf(q)} or email ilike ${patternOf(q)}`;
  return rows.map(({ id }) => id);
}

function beyond(cursor: string | undefined, order: QueueOrder): Prisma.Sql[] {
  if (cursor === undefined) return [];
  const [at, id] = readCursor(cursor);
  const position = Prisma.sql`(${at}::timestamptz, ${id}::uuid)`;
  return [
    order === "newest"
      ? Prisma.sql`(r."createdAt", r.id) < ${position}`
      : Prisma.sql`(r."createdAt", r.id) > ${position}`,
  ];
}
