import { db } from "#lib/infra/db.ts";

/** Calls since the minute began, this one included, and the seconds until the next begins. */
export type Count = { count: number; secondsLeft: number };

/**
 * Counts one call for each key, in one statement on the database's clock, so that the sum is right over any number of
 * replicas. Keys are locked in their order: calls that share some of them cannot wait for each other in a circle.
 */
export async function countCalls(keys: readonly string[]): Promise<Map<string, Count>> {
  const rows = await db().$queryRaw<({ key: string } & Count)[]>`
    insert into rate_count as had (key, "windowStart", count)
    select key, date_trunc('minute', now()), 1 from unnest(${[...keys]}::text[]) as key order by key
    on conflict (key) do update set
      count = case when had."windowStart" >= excluded."windowStart" then had.count + 1 else 1 end,
      "windowStart" = greatest(had."windowStart", excluded."windowStart")
    returning key, count,
      greatest(1, ceil(extract(epoch from "windowStart" + interval '1 minute' - now())))::int as "secondsLeft"`;
  return new Map(rows.map(({ key, count, secondsLeft }) => [key, { count, secondsLeft }]));
}

/** Deletes the counts of minutes that are over; workers call it from time to time. */
export async function forgetOldCounts(): Promise<void> {
  await db().$executeRaw`delete from rate_count where "windowStart" < now() - interval '10 minutes'`;
}
