import { getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";

const lastHours = 48;

/**
 * How many hours before it expires a request that waits is spoken of again: at half time, and two days before where that
 * is later.
 */
export function reminderHours(expiryDays: number): number[] {
  const half = expiryDays * 12;
  return half > lastHours ? [half, lastHours] : [half];
}

/** By SQL: Prisma would note that somebody looked after the request, and it would expire later. */
export async function markReminded(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`update request set "remindedAt" = now() where id = ${id}::uuid`;
}

/** When a request expires, if it is time to speak of it again, by the database's clock; null if not. */
export async function findDueReminder(tx: Tx, id: string): Promise<Date | null> {
  const [due] = await tx.$queryRaw<{ expiresAt: Date }[]>(dueSql(Prisma.sql`r.id = ${id}::uuid`));
  return due?.expiresAt ?? null;
}

/** The ids of up to 100 requests of which it is time to speak again, by the database's clock. */
export async function findRequestsToRemind(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>(dueSql(Prisma.sql`true`));
  return rows.map((row) => row.id);
}

/**
 * Requests with a reminder whose time has come since somebody last did something, or since the last one: whoever was
 * down for a while reminds once, not once for each that was missed.
 */
function dueSql(which: Prisma.Sql): Prisma.Sql {
  const days = getConfig().request_expiry_days;
  const end = Prisma.sql`r."updatedAt" + make_interval(days => ${days}::int)`;
  return Prisma.sql`
    select r.id, ${end} as "expiresAt" from request r
    where r.state in ('submitted', 'sent_back') and ${which} and ${end} > now()
      and exists (
        select from unnest(${reminderHours(days)}::int[]) as before
        where ${end} - make_interval(hours => before) <= now()
          and (r."remindedAt" is null or r."remindedAt" < ${end} - make_interval(hours => before)))
    limit 100`;
}
