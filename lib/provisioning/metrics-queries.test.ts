import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { metrics, routeOf } from "#lib/infra/metrics.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { ensureOperations } from "./ensure-operations.ts";
import { collectProvisioning } from "./metrics-queries.ts";

useTestDatabase();
useTestConfig();

let dana: UserActor;
let id: string;
/** The figures as they are read once: a second reading within two seconds is the first. */
let figures: Record<string, number>;

beforeAll(async () => {
  dana = await makeActor("shop-devs");
  await makeRequest(dana, { environment: "stage" });
  // Approved by rule; one of the two has an operation, and the other waits for a worker.
  await ensureOperations(await makeRequest(dana, { environment: "dev" }));
  id = await makeRequest(dana, { environment: "dev" });
  await db()
    .$executeRaw`update request set "approvedAt" = now() - interval '90 seconds' where id = ${id}::uuid`;
  await db().$executeRaw`update operation set "createdAt" = now() - interval '40 seconds'`;
  await db()
    .$executeRaw`insert into worker (id, "beatAt") values ('a', now() - interval '5 seconds'), ('b', now() - interval '1 hour')`;
  await collectProvisioning();
  const lines = (await metrics.metrics()).split("\n").filter((line) => line.startsWith("tablewright_"));
  figures = Object.fromEntries(
    lines.map((line) => [line.replace(/ \S+$/, ""), Number(line.split(" ").at(-1))]),
  );
});

test("the metrics tell since when the oldest approved request waits to be started", () => {
  expect(figures.tablewright_oldest_approved_request_age_seconds).toBeGreaterThanOrEqual(90);
  expect(figures.tablewright_oldest_approved_request_age_seconds).toBeLessThan(120);
});

test("the metrics tell how many operations there are in each state, and since when one waits for a worker", () => {
  expect(figures['tablewright_operations{state="queued"}']).toBe(1);
  expect(figures['tablewright_operations{state="running"}']).toBe(0);
  expect(figures.tablewright_oldest_due_operation_age_seconds).toBeGreaterThanOrEqual(40);
});

test("the metrics tell how many workers live, and since when the last one gave a sign", () => {
  expect(figures.tablewright_workers).toBe(1);
  expect(figures.tablewright_worker_beat_age_seconds).toBeGreaterThanOrEqual(5);
  expect(figures.tablewright_worker_beat_age_seconds).toBeLessThan(15);
  expect(figures.tablewright_database_up).toBe(1);
});

test("the metrics name no table, person, project or environment", async () => {
  const text = await metrics.metrics();
  for (const name of ["shop", "stage", dana.email, dana.name, id]) expect(text).not.toContain(name);
});

test.each([
  ["/", "page"],
  ["/requests/abc?x=/api/v1", "page"],
  ["/api/v1", "api"],
  ["/api/v1/tables", "api"],
  ["/api/v10", "browser"],
  ["/api/drafts", "browser"],
  ["/_next/static/x.js", "static"],
  ["/health/ready", "health"],
  ["/metrics?a", "metrics"],
])("a call of %s is counted as %s", (url, route) => {
  expect(routeOf(url)).toBe(route);
});
