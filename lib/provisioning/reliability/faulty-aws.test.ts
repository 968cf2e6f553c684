import { afterAll, expect, test, vi } from "vitest";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { auditCounts, copyScene, letGoOfDatabase } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ testTimeout: 240_000 });
afterAll(killWorkers);

const seed = 20_260_302;
const requests = 10;
const tablesEach = 100;

test("1,000 creations over an AWS that loses one answer in twenty and throttles one call in twenty", async () => {
  console.log(`fault plan: seed ${seed}, executeThenTimeout 0.05, throttle 0.05`);
  const dana = await makeActor("shop-devs");
  for (let r = 0; r < requests; r += 1) {
    const keys = Array.from({ length: tablesEach }, (_, t) => `r${r}-t${t}`);
    const spec = (t: number) =>
      aTable({ enable_ttl: t % 4 === 0, enable_point_in_time_recovery: t % 4 === 1 });
    await makeRequest(dana, {
      environment: "dev",
      tables: Object.fromEntries(keys.map((key, t) => [key, spec(t)])),
    });
  }
  await letGoOfDatabase();
  const scene = await copyScene({ faultPlan: { seed, rates: { executeThenTimeout: 0.05, throttle: 0.05 } } });
  scene.worker();
  scene.worker();
  const seconds = await scene.requestsIn(["completed", "failed"], 220);
  console.log(`${requests * tablesEach} tables in ${seconds.toFixed(0)} s`);

  const rows = await scene.query<{ name: string; state: string; identity: string }>(
    `select name, state, identity from "table"`,
  );
  expect(rows.filter((row) => row.state !== "active")).toEqual([]);
  const identities = (list: [string, string | undefined][]) => new Map(list.toSorted());
  const made = scene.sandbox.tables().map(({ name, description }) => [name, description.TableId]);
  expect(identities(rows.map(({ name, identity }) => [name, identity]))).toEqual(
    identities(made as [string, string][]),
  );
  const creations = scene.sandbox.calls.filter((call) => call.operation === "CreateTable");
  expect(creations.filter((call) => call.outcome === "ok")).toHaveLength(requests * tablesEach);
  const faults = Object.groupBy(scene.sandbox.calls, (call) => String(call.fault));
  console.log(Object.fromEntries(Object.entries(faults).map(([fault, calls]) => [fault, calls!.length])));
  expect(faults.executeThenTimeout!.length).toBeGreaterThan(100);
  expect(await auditCounts(scene)).toEqual({
    "request.submit": requests,
    "request.approve-by-rule": requests,
    "request.start": requests,
    "request.complete": requests,
    "table.create": requests * tablesEach,
    "table.activate": requests * tablesEach,
  });
  await scene.close();
});
