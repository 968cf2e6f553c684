import { db } from "#lib/infra/db.ts";

/**
 * How many rows each table has and which transaction wrote last to it: equal before and after what changed nothing, for
 * every insert and update gives its row a newer number. `audit` is the same of the audit alone. Calls are counted whatever
 * comes of them; those counts are left out.
 */
export async function readDatabase(): Promise<{ rows: string; audit: string }> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where (schemaname = 'public' and tablename <> 'rate_count') or (schemaname = 'pgboss' and tablename = 'job')`;
  const all = tables.map(
    ({ name }) => `(select concat(count(*), '/', max(xmin::text::bigint)) from ${name})`,
  );
  const [found] = await db().$queryRawUnsafe<{ rows: string; audit: string }[]>(
    `select concat_ws(' ', ${all.join(", ")}) as rows,
      (select concat(count(*), max(id)) from audit_event) as audit`,
  );
  return found!;
}
