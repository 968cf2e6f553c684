import * as z from "zod";
import { AppError } from "#lib/core/errors.ts";
import { sameText } from "#lib/core/text-search.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";

/** Whom a verb is about: by id on pages, by e-mail (case does not matter) on the command line. */
export const personInput = z.union([
  z.strictObject({ id: z.string().min(1).max(100) }),
  z.strictObject({ email: z.email("Not an e-mail address").max(320) }),
]);

/** The person's row, locked. Throws NOT_FOUND. */
export async function lockPerson(tx: Tx, input: z.output<typeof personInput>) {
  const where: Prisma.UserWhereInput = "id" in input ? { id: input.id } : { email: sameText(input.email) };
  const found = await tx.user.findFirst({ where, select: { id: true } });
  if (!found) throw noSuchPerson("email" in input ? input.email : null);
  await tx.$queryRaw`select 1 from "user" where id = ${found.id} for update`;
  return tx.user.findUniqueOrThrow({ where: { id: found.id } });
}

/** NOT_FOUND, for who is not there and for who may not be seen. */
export function noSuchPerson(email: string | null = null): AppError {
  const message = email ? `Nobody with the e-mail ${email} is known here.` : "There is no such person here.";
  return new AppError("NOT_FOUND", message);
}

/** Tokens that still work, as a condition. */
export const liveTokens = (): Prisma.ApiTokenWhereInput => ({
  revokedAt: null,
  expiresAt: { gt: new Date() },
});
