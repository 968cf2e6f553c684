import { seesAll, type TokenScope, type UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { actorOf } from "./actor.ts";
import { isDemoPerson } from "./demo-people.ts";
import { hashToken, tokenPrefix } from "./token.ts";

const secondsBetweenUseMarks = 60;

/**
 * The person a bearer token acts as, with the token's scopes.
 * Throws UNAUTHENTICATED for a token that is unknown, expired, revoked, or of somebody deactivated; the message does not tell which.
 */
export async function actorOfToken(token: string): Promise<UserActor> {
  const refusal = new AppError("UNAUTHENTICATED", "This token is not valid: unknown, expired or revoked.");
  if (!token.startsWith(tokenPrefix) || token.length > 200) throw refusal;
  const row = await db().apiToken.findUnique({
    where: { hash: hashToken(token) },
    include: { user: { include: { identities: { select: { subject: true }, take: 1 } } } },
  });
  if (!row || row.revokedAt || row.user.deactivatedAt || row.expiresAt.getTime() <= Date.now()) throw refusal;
  // Left from a demo on the same database: anybody could have made it.
  if (!env.demo && isDemoPerson(row.userId) && row.user.identities.length === 0) throw refusal;
  await markUse(row.id, row.lastUsedAt);
  return actorOf(row.user, getConfig(), row.scopes as TokenScope[]);
}

async function markUse(id: string, lastUsedAt: Date | null): Promise<void> {
  const now = Date.now();
  if (lastUsedAt && now - lastUsedAt.getTime() < secondsBetweenUseMarks * 1000) return;
  await db().apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } });
}

/** `GET /me`. */
export function describeMe(actor: UserActor) {
  const all = Object.keys(getConfig().projects);
  return {
    email: actor.email,
    name: actor.name,
    groups: [...actor.groups],
    projects: seesAll(actor) ? all : [...actor.projects],
    scopes: actor.scopes === null ? null : [...actor.scopes],
  };
}
