import { db } from "#lib/infra/db.ts";

/** Everything a call could have changed, in one line. */
export async function fingerprint(): Promise<string> {
  const [row] = await db().$queryRaw<{ all: string }[]>`
    select concat_ws(' ',
      (select concat(count(*), max("updatedAt"), sum(version), string_agg(distinct state, ',')) from request),
      (select concat(count(*), max("updatedAt"), count(*) filter (where "holdsName")) from "table"),
      (select count(*) from approval), (select max(id) from audit_event), (select count(*) from "user"),
      (select concat(count(*), count("revokedAt")) from api_token), (select count(*) from idempotency_key),
      (select count(*) from pgboss.job)) as all`;
  return row!.all;
}
