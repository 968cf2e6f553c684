import { db } from "#lib/infra/db.ts";

/**
 * Puts `count` requests of `shop` and `billing` straight into the database, for what only shows in bulk: one table each, asked
 * for by fifty people, one second apart; every `waitingEach`-th waits for approval, the others are completed. `after`
 * are there already.
 */
export async function insertManyRequests(
  count: number,
  { waitingEach, after = 0 }: { waitingEach: number; after?: number },
): Promise<void> {
  await db().$executeRaw`
    insert into "user" (id, name, email, groups, "updatedAt")
    select 'many-' || n, 'Requester ' || n, 'requester-' || n || '@example.com', '{shop-devs}', now()
    from generate_series(1, 50) n on conflict do nothing`;
  await db().$executeRaw`
    with made as (
      insert into request (id, state, version, project, environment, "requesterId", justification, endpoint, account, region,
        rule, required, turn, "searchText", "submittedAt", "createdAt", "updatedAt")
      select gen_random_uuid(), case when n % ${waitingEach}::int = 0 then 'submitted' else 'completed' end, 1,
        case when n % 3 = 0 then 'billing' else 'shop' end, 'prod', 'many-' || n % 50 + 1, 'Orders need a home',
        'sandbox', '000000000000', 'us-east-1', 'prod',
        '[{"rule":"prod","group":"platform","count":2},{"rule":"prod","group":"security","count":1}]',
        case when n % ${waitingEach}::int = 0 then 'platform' end,
        case when n % 3 = 0 then 'billing billing' else 'shop shop' end || '-prod-table-' || n,
        at, at, at
      from generate_series(${after}::int + 1, ${after}::int + ${count}::int) n, lateral (select now() - make_interval(secs => n) as at) moment
      returning id, project, "searchText", "createdAt")
    insert into "table" (id, "requestId", key, name, project, environment, endpoint, account, region, spec, "updatedAt")
    select gen_random_uuid(), id, 'table', split_part("searchText", ' ', 2), project, 'prod', 'sandbox', '000000000000',
      'us-east-1', '{"partition_key":"id"}', "createdAt" from made`;
  await db().$executeRawUnsafe('analyze request, "table", "user", approval');
}
