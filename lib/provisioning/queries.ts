import { db } from "#lib/infra/db.ts";

/** Since when no worker has given a sign of life; null while one does, "never" when none ever has. */
export async function findMissingWorker(): Promise<{ since: string | "never" } | null> {
  const [row] = await db().$queryRaw<{ beatAt: Date | null; late: boolean }[]>`
    select max("beatAt") as "beatAt", coalesce(max("beatAt") < now() - interval '15 seconds', true) as late from worker`;
  if (!row?.late) return null;
  return { since: row.beatAt?.toISOString() ?? "never" };
}
