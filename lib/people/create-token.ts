import * as z from "zod";
import { type SystemActor, tokenScopes, type UserActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { onlySystem } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/infra/db.ts";
import { canCreateToken } from "./policy.ts";
import { newTokenInput } from "./schema.ts";
import { liveTokens, lockPerson } from "./store.ts";
import { hashToken, newToken, tokenPrefix } from "./token.ts";

const mostTokens = 50;

export const createTokenInput = z.strictObject({
  email: z.email("Not an e-mail address").max(320),
  scopes: z
    .array(z.enum(tokenScopes))
    .min(1)
    .max(tokenScopes.length)
    .default([...tokenScopes]),
  expires_days: z.number().int().min(1).max(3650).default(90),
});

/**
 * Makes a token that acts as its person, under the same rules as the browser: the command line's way.
 * Answers the token itself, once. Throws NOT_FOUND when nobody has this e-mail, CONFLICT for a deactivated person.
 */
export const createToken = command({
  name: "token.create",
  input: createTokenInput,
  load: async (tx, { email }, _actor: SystemActor) => lockPerson(tx, { email }),
  authorize: onlySystem,
  run: async ({ tx, input, subject }) => {
    if (subject.deactivatedAt) {
      throw new AppError("CONFLICT", `${subject.email} is deactivated; a token would not work.`);
    }
    return insertToken(tx, subject.id, { name: "command line", ...input });
  },
});

/** Makes a token for the person who asks. Answers the token itself, once. Throws CONFLICT where there are 50 already. */
export const createOwnToken = command({
  name: "token.create",
  input: newTokenInput,
  load: async (tx, _input, actor: UserActor) => lockPerson(tx, { id: actor.id }),
  authorize: canCreateToken,
  run: async ({ tx, input, subject }) => {
    const count = await tx.apiToken.count({ where: { userId: subject.id, ...liveTokens() } });
    if (subject.deactivatedAt || count >= mostTokens) {
      throw new AppError("CONFLICT", `You have ${count} tokens that work. Revoke one you do not need first.`);
    }
    return insertToken(tx, subject.id, input);
  },
});

type Wanted = { name: string; scopes: readonly string[]; expires_days: number };

async function insertToken(tx: Tx, owner: string, wanted: Wanted) {
  const token = newToken();
  const expiresAt = new Date(Date.now() + wanted.expires_days * 86_400_000);
  const scopes = [...new Set(wanted.scopes)];
  const { name } = wanted;
  const prefix = token.slice(0, tokenPrefix.length + 6);
  const { id } = await tx.apiToken.create({
    data: { userId: owner, name, prefix, hash: hashToken(token), scopes, expiresAt },
  });
  const audit = { owner, name, scopes, expiresAt: expiresAt.toISOString() };
  return { result: token, subject: { id }, audit };
}
