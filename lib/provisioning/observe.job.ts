import { nameScope } from "#lib/environments/target.ts";
import { classifyFailure } from "#lib/infra/aws/failure.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { log } from "#lib/infra/log.ts";
import type { Table } from "#prisma/generated/client.ts";
import { gatewayTo } from "./environment-gateway.ts";
import { identityOf } from "./next-move.ts";
import type { Facet } from "./observed.ts";
import { seen } from "./progress-store.ts";

/** A table is looked at again this long after the last time; a few at a time, so that many tables cost no burst. */
const everySeconds = 60;
const atOnce = 5;

/** Reads the active tables that nobody has looked at for a minute, so that pages show them as they are. */
export async function observeTables(): Promise<void> {
  const due = await db().$queryRaw<{ id: string }[]>`
    update "table" set "observedAt" = now()
    where id in (
      select id from "table"
      where state = 'active' and "observedAt" < now() - make_interval(secs => ${everySeconds}::int)
      order by "observedAt" limit ${atOnce} for update skip locked)
    returning id`;
  const tables = await db().table.findMany({ where: { id: { in: due.map((row) => row.id) } } });
  await Promise.all(tables.map(observeTable));
}

async function observeTable(table: Table): Promise<void> {
  const environment = getConfig().environments.find((one) => one.name === table.environment);
  if (!environment || environment.paused || environment.account !== table.account) return;
  if (environment.region !== table.region || nameScope(environment) !== table.endpoint) return;
  try {
    const skip = table.unsupported as Facet[];
    const observed = await gatewayTo(environment).observe(table.name, { deep: true, skip });
    // A table that is gone, or another of its name, is not ours to write about here.
    if (!observed.exists || identityOf(observed) !== table.identity) return;
    await db().$executeRaw`
      update "table" set ${seen(observed)}, "updatedAt" = now() where id = ${table.id}::uuid and state = 'active'`;
  } catch (error) {
    // Never the error as it is: AWS quotes the signed request back, session token and all, when it refuses one.
    const { message } = classifyFailure(error, {
      call: "DescribeTable",
      endpoint: environment.endpoint !== null,
    });
    log.warn({ table: table.id, reason: message }, "could not observe a table");
  }
}
