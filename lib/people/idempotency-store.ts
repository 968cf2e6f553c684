import { db } from "#lib/infra/db.ts";

/** Whose key it is, and for what. */
export type IdempotencyId = { userId: string; path: string; key: string };

const keptHours = 24;
/** A process that died leaves its row behind without an answer; after this time another try may run. */
const abandonedAfterSeconds = 120;

/** Takes the key for one run; false when it is taken already. Clears what is over first. */
export async function reserve(id: IdempotencyId, bodyHash: string): Promise<boolean> {
  const { userId, path, key } = id;
  await db().$executeRaw`
    delete from idempotency_key
    where "userId" = ${userId} and path = ${path} and key = ${key}
      and ("createdAt" < now() - make_interval(hours => ${keptHours}::int)
        or (status is null and "createdAt" < now() - make_interval(secs => ${abandonedAfterSeconds}::int)))`;
  const taken = await db().idempotencyKey.createMany({ data: { ...id, bodyHash }, skipDuplicates: true });
  return taken.count === 1;
}

/** The row of a key that is taken; `status` is null while the first run goes on. */
export async function findStored(
  id: IdempotencyId,
): Promise<{ bodyHash: string; status: number | null; body: unknown } | null> {
  return db().idempotencyKey.findUnique({ where: { userId_path_key: id } });
}

/** Keeps the answer for those who ask again. */
export async function remember(id: IdempotencyId, status: number, body: object): Promise<void> {
  await db().idempotencyKey.update({ where: { userId_path_key: id }, data: { status, body } });
}

/** Frees the key: the run left nothing to answer with. */
export async function forget(id: IdempotencyId): Promise<void> {
  await db().idempotencyKey.deleteMany({ where: id });
}

/** Deletes what is older than a day; workers call it from time to time. */
export async function forgetOldKeys(): Promise<void> {
  await db().$executeRaw`
    delete from idempotency_key where "createdAt" < now() - make_interval(hours => ${keptHours}::int)`;
}
