import { Gauge } from "prom-client";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { metrics } from "#lib/infra/metrics.ts";

const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
  new Gauge({ name: `tablewright_${name}`, help, labelNames, registers: [metrics] });

const databaseUp = gauge("database_up", "Whether the database answered this process just now");
const oldestApproved = gauge(
  "oldest_approved_request_age_seconds",
  "Since when the oldest approved request waits to be started; 0: none does. Paused environments do not count",
);
const oldestDue = gauge(
  "oldest_due_operation_age_seconds",
  "Since when the oldest operation that is due waits for a worker; 0: none does",
);
const operations = gauge("operations", "Operations by state", ["state"]);
const requests = gauge("requests", "Open requests by state", ["state"]);
const workers = gauge("workers", "Workers that gave a sign of life within 15 seconds");
const beatAge = gauge("worker_beat_age_seconds", "Since when no worker has given a sign of life");
const deliveries = gauge("notification_deliveries", "Notifications by state", ["state"]);
const oldestWaiting = gauge(
  "oldest_waiting_notification_age_seconds",
  "Since when the oldest notification waits to get through; 0: none does",
);

const deliveryStates = ["waiting", "dead"];
const operationStates = ["queued", "running", "waiting", "failed"];
const requestStates = ["submitted", "sent_back", "approved", "provisioning", "failed"];
const believedMilliseconds = 2_000;

let last: { at: number; done: Promise<void> } | undefined;

/**
 * Reads from the database whether the workers keep up, with tables and with notifications: the same in every replica. Asked at most every two seconds,
 * however often somebody asks. Without a database the rest of the metrics is still there.
 */
export function collectProvisioning(): Promise<void> {
  const now = performance.now();
  if (!last || now - last.at > believedMilliseconds) {
    last = {
      at: now,
      done: collect().then(
        () => databaseUp.set(1),
        () => databaseUp.set(0),
      ),
    };
  }
  return last.done;
}

type Row = {
  oldestApproved: number;
  oldestDue: number;
  workers: number;
  beatAge: number | null;
  operations: Record<string, number> | null;
  requests: Record<string, number> | null;
  deliveries: Record<string, number> | null;
  oldestWaiting: number;
};

async function collect(): Promise<void> {
  const paused = getConfig().environments.flatMap(({ name, paused }) => (paused ? [name] : []));
  const [row] = await db().$queryRaw<Row[]>`
    select
      (select coalesce(extract(epoch from now() - min("approvedAt")), 0)::float8 from request
        where state = 'approved' and environment <> all(${paused})) as "oldestApproved",
      (select coalesce(extract(epoch from now() - min(greatest("waitUntil", "leaseUntil", "createdAt"))), 0)::float8
        from operation
        where state in ('queued', 'running', 'waiting')
          and ("leaseUntil" is null or "leaseUntil" < now())
          and ("waitUntil" is null or "waitUntil" <= now())) as "oldestDue",
      (select count(*)::int from worker where "beatAt" > now() - interval '15 seconds') as workers,
      (select extract(epoch from now() - max("beatAt"))::float8 from worker) as "beatAge",
      (select json_object_agg(state, n) from (
        select state, count(*)::int as n from operation where state = any(${operationStates}) group by state) o) as operations,
      (select json_object_agg(state, n) from (
        select state, count(*)::int as n from request where state = any(${requestStates}) group by state) r) as requests,
      (select json_object_agg(state, n) from (
        select state, count(*)::int as n from notification_delivery where state = any(${deliveryStates}) group by state) d)
        as deliveries,
      (select coalesce(extract(epoch from now() - min("createdAt")), 0)::float8 from notification_delivery
        where state = 'waiting') as "oldestWaiting"`;
  oldestApproved.set(row!.oldestApproved);
  oldestDue.set(row!.oldestDue);
  workers.set(row!.workers);
  beatAge.set(row!.beatAge ?? Number.POSITIVE_INFINITY);
  for (const state of operationStates) operations.set({ state }, row!.operations?.[state] ?? 0);
  for (const state of requestStates) requests.set({ state }, row!.requests?.[state] ?? 0);
  for (const state of deliveryStates) deliveries.set({ state }, row!.deliveries?.[state] ?? 0);
  oldestWaiting.set(row!.oldestWaiting);
}
