import type { Actor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { findQueueIds } from "./queue-store.ts";

/**
 * How many tables an account may have in a region unless AWS granted it more.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
const defaultTableQuota = 2_500;
const mostOthers = 5;

export type AccountTables = {
  /** Everybody's, as a worker counted them. */
  count: number;
  /** AWS's default: a higher one is not known here. */
  quota: number;
  /** ISO 8601. */
  seen_at: string;
};

/** How full an account and region is; null where no worker has counted yet. */
export async function findAccountTables(target: {
  endpoint: string;
  account: string;
  region: string;
}): Promise<AccountTables | null> {
  const [row] = await db().$queryRaw<{ count: number; takenAt: Date }[]>`
    select coalesce(cardinality(names), 0) as count, "takenAt" from account_snapshot
    where endpoint = ${target.endpoint} and account = ${target.account} and region = ${target.region}
      and "takenAt" is not null`;
  return row ? { count: row.count, quota: defaultTableQuota, seen_at: row.takenAt.toISOString() } : null;
}

/** Which of these names an account's last list has, though no table or request here holds them. */
export async function findForeignNames(
  { endpoint, account, region }: { endpoint: string; account: string; region: string },
  names: readonly string[],
  tx?: Tx,
): Promise<Set<string>> {
  const rows = await (tx ?? db()).$queryRaw<{ name: string }[]>`
    select listed.name from account_snapshot s, unnest(s.names) as listed(name)
    where s.endpoint = ${endpoint} and s.account = ${account} and s.region = ${region}
      and listed.name = any(${names}::text[])
      and not exists (select 1 from "table" t
                      where t.endpoint = s.endpoint and t.account = s.account and t.region = s.region
                        and t.name = listed.name and t."holdsName")`;
  return new Set(rows.map(({ name }) => name));
}

export type OtherRequest = { id: string; number: number; kind: string; tables: { name: string }[] };

/** The other requests of a project that wait for approval and that this person may see, the newest few. */
export async function findOthersWaiting(
  actor: Actor,
  { id, project }: { id: string; project: string },
): Promise<OtherRequest[]> {
  if (actor.kind !== "user") return [];
  const filter = { project, selfApproval: getConfig().self_approval };
  const ids = await findQueueIds(actor, filter, { order: "newest", take: mostOthers + 1 });
  const rows = await db().request.findMany({
    where: { id: { in: ids.filter((one) => one !== id).slice(0, mostOthers) } },
    select: {
      id: true,
      number: true,
      kind: true,
      tables: { select: { name: true }, orderBy: { key: "asc" } },
      decommissions: { select: { table: { select: { name: true } } } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(({ decommissions, tables, ...row }) => ({
    ...row,
    tables: row.kind === "decommission" ? decommissions.map(({ table }) => table) : tables,
  }));
}
