import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { inTransaction } from "#lib/core/command.ts";
import { enqueue } from "#lib/core/job.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { eventually } from "../scenario.fixture.ts";
import { auditCounts, copyScene, letGoOfDatabase, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ testTimeout: 120_000 });

const requests = 4;
const tablesEach = 25;
const tables = requests * tablesEach;

beforeAll(async () => {
  const dana = await makeActor("shop-devs");
  for (let r = 0; r < requests; r += 1) {
    const keys = Array.from({ length: tablesEach }, (_, t) => `r${r}-t${t}`);
    const body = Object.fromEntries(keys.map((key) => [key, aTable({ enable_ttl: true })]));
    const requestId = await makeRequest(dana, { environment: "dev", tables: body });
    // Jobs may come twice: these are beside the one that the request has left, and the sweep finds it too.
    for (let extra = 0; extra < 3; extra += 1) {
      await inTransaction((tx) => enqueue(tx, "provisioning.run", { requestId }));
    }
  }
  await letGoOfDatabase();
});
afterAll(killWorkers);

/** Each step ran once, for each table, whoever ran it. */
async function expectNothingDouble(scene: Scene): Promise<void> {
  const writes = Object.groupBy(scene.sandbox.calls, ({ operation }) => operation);
  expect(writes.CreateTable).toHaveLength(tables);
  expect(writes.UpdateTimeToLive).toHaveLength(tables);
  expect(writes.UpdateContinuousBackups).toHaveLength(tables);
  expect(await auditCounts(scene)).toEqual({
    "request.submit": requests,
    "request.approve-by-rule": requests,
    "request.start": requests,
    "request.complete": requests,
    "table.create": tables,
    "table.activate": tables,
  });
}

test("five workers on one queue, with jobs doubled, do nothing twice", async () => {
  const scene = await copyScene({ creatingSeconds: 1 });
  const workers = Array.from({ length: 5 }, () => scene.worker());
  await scene.requestsIn(["completed"], 60);
  await expectNothingDouble(scene);
  const attempts = await scene.query(`select distinct attempt from operation`);
  expect(attempts).toEqual([{ attempt: 1 }]);
  for (const worker of workers) await worker.says("started");
  await scene.close();
});

test("a worker that is told to stop hands its leases back, and another goes on within three seconds", async () => {
  const scene = await copyScene({ creatingSeconds: 6 });
  const leaving = scene.worker({ owner: "leaving" });
  const heldBy = async (owner: string) => {
    const [row] = await scene.query<{ count: number }>(
      `select count(*)::int as count from operation where state = 'running' and "leaseOwner" = '${owner}'`,
    );
    return row!.count;
  };
  await eventually(
    async () => leaving.points.filter((point) => point === "identity: after").length === tables,
  );
  const heir = scene.worker({ owner: "heir" });
  await heir.says("started");
  expect(await heldBy("heir")).toBe(0);

  const told = performance.now();
  leaving.signal("SIGTERM");
  const goingOn = eventually(async () => (await heldBy("heir")) > 0).then(() => performance.now() - told);
  expect(await leaving.exited).toBe(0);
  const stopSeconds = (performance.now() - told) / 1000;
  const seconds = (await goingOn) / 1000;
  console.log(`stopped after ${stopSeconds.toFixed(1)} s, taken over after ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(3);
  await scene.requestsIn(["completed"], 60);
  await expectNothingDouble(scene);
  await scene.close();
});
