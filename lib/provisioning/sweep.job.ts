import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { report } from "#lib/infra/log.ts";
import type { Runner } from "./runner.ts";

const atOnce = 500;

/**
 * Finds what no job speaks of any more: approved tables (or deletions) without an operation, operations whose lease or wait is
 * over, and requests whose last worker died before it could end them. Lost jobs cost two seconds, nothing else.
 */
export async function sweep(runner: Runner): Promise<void> {
  const paused = getConfig()
    .environments.filter((one) => one.paused)
    .map((one) => one.name);
  for (const { id } of await requestsWithoutOperations(paused)) {
    await runner.takeUp(id).catch((error) => report(error, { request: id }));
  }
  const due = await dueOperations();
  runner.wake(due.map(({ id }) => id).filter((id) => !runner.isHeld(id)));
  for (const { id } of await requestsToSettle()) {
    await runner.settle(id).catch((error) => report(error, { request: id }));
  }
}

function requestsWithoutOperations(paused: string[]) {
  return db().$queryRaw<{ id: string }[]>`
    select r.id from request r
    where r.state in ('approved', 'provisioning') and r.environment <> all(${paused})
      and (exists (
        select 1 from "table" t left join operation o on o."tableId" = t.id and o."requestId" = r.id
        where t."requestId" = r.id and t.state = 'pending' and (o.id is null or o.state = 'failed'))
      or exists (
        select 1 from decommission d left join operation o on o.id = d."operationId"
        where d."requestId" = r.id and d.state = 'pending' and (o.id is null or o.state = 'failed')))
    order by r."approvedAt" limit 50`;
}

function dueOperations() {
  return db().$queryRaw<{ id: string }[]>`
    select id from operation
    where state in ('queued', 'running', 'waiting')
      and ("leaseUntil" is null or "leaseUntil" < now())
      and ("waitUntil" is null or "waitUntil" <= now())
    order by "createdAt" limit ${atOnce}`;
}

function requestsToSettle() {
  return db().$queryRaw<{ id: string }[]>`
    select r.id from request r
    where r.state = 'provisioning'
      and not exists (
        select 1 from "table" t where t."requestId" = r.id and t.state in ('pending', 'creating'))
      and not exists (
        select 1 from decommission d where d."requestId" = r.id and d.state not in ('deleted', 'failed'))
    limit 50`;
}
