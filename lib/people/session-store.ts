import { createHmac, randomBytes } from "node:crypto";
import { db, type Tx } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";

/** A session ends after this long without use. A page that refreshes itself while it is in sight is in use. */
export const idleHours = 2;
/** …and after this long in any case. */
export const longestHours = 12;
/** Whoever was sent to the provider has this long to come back. */
export const attemptMinutes = 10;

const secondsBetweenUseMarks = 60;

/** A secret for a cookie: 256 random bits. Only its hash is kept. */
export function newCookieSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** HMAC-SHA-256 in hex, under TABLEWRIGHT_SECRET: another secret ends every session. Fast is enough for 256 random bits. */
export function hashCookieSecret(secret: string): string {
  return createHmac("sha256", env.secret ?? "")
    .update(secret)
    .digest("hex");
}

/** How a browser came to its session, and what tells its owner which one it is. */
export type Arrival = {
  method: "demo" | "oidc";
  idToken: string | null;
  address: string | null;
  userAgent: string | null;
  /** The secret that the browser brought along, if any: its session ends with this sign-in. */
  former: string | null;
};

/** Starts a session, always under a new secret, which it answers. */
export async function startSession(tx: Tx, userId: string, arrival: Arrival): Promise<string> {
  const { method, idToken, address, userAgent, former } = arrival;
  if (former) await tx.session.deleteMany({ where: { hash: hashCookieSecret(former) } });
  const secret = newCookieSecret();
  const hash = hashCookieSecret(secret);
  await tx.session.create({ data: { hash, userId, method, idToken, address, userAgent } });
  return secret;
}

export type FoundSession = {
  id: string;
  method: string;
  person: { id: string; email: string; name: string; groups: string[] };
};

/**
 * The session of a cookie, if it is alive by the database's clock and its person is not deactivated. Outside demo mode one
 * that a click in the demo began is none.
 */
export async function findSession(secret: string): Promise<FoundSession | null> {
  if (!/^[\w-]{43}$/.test(secret)) return null;
  const rows = await db().$queryRaw<
    { sessionId: string; method: string; id: string; email: string; name: string; groups: string[] }[]
  >`
    select s.id as "sessionId", s.method, u.id, u.email, u.name, u.groups
    from session s join "user" u on u.id = s."userId"
    where s.hash = ${hashCookieSecret(secret)} and u."deactivatedAt" is null
      and (${env.demo} or s.method <> 'demo')
      and s."createdAt" > now() - make_interval(hours => ${longestHours}::int)
      and s."seenAt" > now() - make_interval(hours => ${idleHours}::int)`;
  const [row] = rows;
  if (!row) return null;
  const { sessionId, method, ...person } = row;
  return { id: sessionId, method, person };
}

/** Notes that a session is in use, at most once a minute. */
export async function markSessionUse(id: string): Promise<void> {
  await db().$executeRaw`
    update session set "seenAt" = now()
    where id = ${id}::uuid and "seenAt" < now() - make_interval(secs => ${secondsBetweenUseMarks}::int)`;
}

/** The sessions of a person that are alive, the one used last first. */
export async function listSessions(userId: string) {
  return db().$queryRaw<
    {
      id: string;
      method: string;
      address: string | null;
      userAgent: string | null;
      createdAt: Date;
      seenAt: Date;
    }[]
  >`
    select id, method, address, "userAgent", "createdAt", "seenAt" from session
    where "userId" = ${userId}
      and "createdAt" > now() - make_interval(hours => ${longestHours}::int)
      and "seenAt" > now() - make_interval(hours => ${idleHours}::int)
    order by "seenAt" desc, id desc limit 100`;
}

/** How many sessions of each of these people are alive. */
export async function countSessions(userIds: string[]): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ userId: string; count: number }[]>`
    select "userId", count(*)::int as count from session
    where "userId" = any(${userIds})
      and "createdAt" > now() - make_interval(hours => ${longestHours}::int)
      and "seenAt" > now() - make_interval(hours => ${idleHours}::int)
    group by "userId"`;
  return new Map(rows.map(({ userId, count }) => [userId, count]));
}

/** What is kept while a browser is at the provider. */
export type Attempt = { state: string; nonce: string; codeVerifier: string; next: string };

/** How many times this address began to sign in within the last minute. */
export async function countAttempts(address: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from sign_in_attempt
    where address = ${address} and "createdAt" > now() - interval '1 minute'`;
  return row!.count;
}

/** Keeps an attempt; answers the secret that the browser must bring back. */
export async function keepAttempt(attempt: Attempt, address: string): Promise<string> {
  const secret = newCookieSecret();
  await db().signInAttempt.create({ data: { hash: hashCookieSecret(secret), ...attempt, address } });
  return secret;
}

/** Takes an attempt for its one use; null when it is unknown, too old or used. */
export async function takeAttempt(secret: string): Promise<Attempt | null> {
  const [row] = await db().$queryRaw<Attempt[]>`
    update sign_in_attempt set "usedAt" = now()
    where hash = ${hashCookieSecret(secret)} and "usedAt" is null
      and "createdAt" > now() - make_interval(mins => ${attemptMinutes}::int)
    returning state, nonce, "codeVerifier", next`;
  return row ?? null;
}

/** Deletes sessions that are over and attempts that nobody can use; workers call it from time to time. */
export async function forgetEndedSessions(): Promise<void> {
  await db().$executeRaw`
    delete from session where "createdAt" < now() - make_interval(hours => ${longestHours}::int)
      or "seenAt" < now() - make_interval(hours => ${idleHours}::int)`;
  await db().$executeRaw`
    delete from sign_in_attempt where "createdAt" < now() - make_interval(mins => ${attemptMinutes}::int)`;
}
