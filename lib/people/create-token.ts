import * as z from "zod";
import { type SystemActor, tokenScopes } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { allow } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import { equalsText } from "#lib/core/text-search.ts";
import { hashToken, newToken, tokenPrefix } from "./token.ts";

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
 * Makes a token that acts as its person, under the same rules as the browser.
 * Answers the token itself, once. Throws NOT_FOUND when nobody has this e-mail.
 */
export const createToken = command({
  name: "token.create",
  input: createTokenInput,
  load: async (tx, input, _actor: SystemActor) => {
    const person = await tx.user.findFirst({
      where: { email: equalsText(input.email) },
    });
    if (!person) throw new AppError("NOT_FOUND", `Nobody with the e-mail ${input.email} is known here.`);
    return person;
  },
  authorize: () => allow,
  run: async ({ tx, input, subject }) => {
    const token = newToken();
    const expiresAt = new Date(Date.now() + input.expires_days * 86_400_000);
    const scopes = [...new Set(input.scopes)];
    const row = await tx.apiToken.create({
      data: {
        userId: subject.id,
        prefix: token.slice(0, tokenPrefix.length + 6),
        hash: hashToken(token),
        scopes,
        expiresAt,
      },
    });
    return { result: token, subject: { id: row.id }, audit: { scopes, expiresAt: expiresAt.toISOString() } };
  },
});
