import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import type { Page } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { containsText } from "#lib/core/text-search.ts";
import { db } from "#lib/infra/db.ts";
import type { ApiToken, Prisma, User } from "#prisma/generated/client.ts";
import { canSeeBelongings, canSeePeople } from "./policy.ts";
import type { AccountView, PersonView, SessionView, TokenView } from "./schema.ts";
import { countSessions, listSessions } from "./session-store.ts";
import { liveTokens, noSuchPerson } from "./store.ts";

const accountInput = z.strictObject({
  /** Whose account. */
  id: z.string().min(1).max(100),
  /** The session that asks, to tell it from the others. */
  session: z.guid().nullable(),
});

/** A person with their sessions and the tokens that work: one's own, or for who sees people. Throws NOT_FOUND. */
export const getAccount = query({
  input: accountInput,
  run: async (actor: UserActor, { id, session }): Promise<AccountView> => {
    if (!canSeeBelongings(actor, id)) throw noSuchPerson();
    const user = await db().user.findUnique({ where: { id } });
    if (!user) throw noSuchPerson();
    const sessions = await listSessions(id);
    const tokens = await db().apiToken.findMany({
      where: { userId: id, ...liveTokens() },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    return {
      person: toPersonView(user, sessions.length, tokens.length),
      sessions: sessions.map((row) => toSessionView(row, session)),
      tokens: tokens.map(toTokenView),
    };
  },
});

export const peopleListInput = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  /** The e-mail of the last person of the page before. */
  cursor: z.string().max(320).optional(),
  q: z.string().max(200).optional(),
});

/** Everybody who ever signed in, by e-mail. `q` is part of a name or e-mail, or a whole group. Throws NOT_FOUND for who may not see people. */
export const listPeople = query({
  input: peopleListInput,
  run: async (actor: UserActor, { limit, cursor, q }): Promise<Page<PersonView>> => {
    if (!canSeePeople(actor)) throw noSuchPerson();
    const rows = await db().user.findMany({
      where: { AND: [searchFor(q?.trim()), cursor === undefined ? {} : { email: { gt: cursor } }] },
      orderBy: { email: "asc" },
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const ids = shown.map(({ id }) => id);
    const [sessions, tokens] = await Promise.all([countSessions(ids), countTokens(ids)]);
    return {
      items: shown.map((row) => toPersonView(row, sessions.get(row.id) ?? 0, tokens.get(row.id) ?? 0)),
      next_cursor: rows.length > limit ? (shown.at(-1)?.email ?? null) : null,
    };
  },
});

function searchFor(text: string | undefined): Prisma.UserWhereInput {
  if (!text) return {};
  const contains = containsText(text);
  return { OR: [{ name: contains }, { email: contains }, { groups: { has: text } }] };
}

async function countTokens(ids: string[]): Promise<Map<string, number>> {
  const rows = await db().apiToken.groupBy({
    by: ["userId"],
    where: { userId: { in: ids }, ...liveTokens() },
    _count: true,
  });
  return new Map(rows.map(({ userId, _count }) => [userId, _count]));
}

function toPersonView(row: User, sessions: number, tokens: number): PersonView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    groups: row.groups,
    groups_problem: row.groupsProblem,
    deactivated_at: row.deactivatedAt?.toISOString() ?? null,
    sessions,
    tokens,
  };
}

function toSessionView(
  row: Awaited<ReturnType<typeof listSessions>>[number],
  current: string | null,
): SessionView {
  return {
    id: row.id,
    current: row.id === current,
    user_agent: row.userAgent,
    address: row.address,
    created_at: row.createdAt.toISOString(),
    seen_at: row.seenAt.toISOString(),
  };
}

function toTokenView(row: ApiToken): TokenView {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
