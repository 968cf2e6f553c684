import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { closeDb } from "#lib/infra/db.ts";
import { type Postgres, startPostgres } from "#lib/infra/embedded-postgres.ts";
import { closeQueue } from "#lib/infra/queue.ts";
import { listRequests } from "#lib/requests/queries.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { eventually } from "../scenario.fixture.ts";
import { auditCounts, openScene, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
vi.setConfig({ testTimeout: 120_000 });

/** It takes two or three on an idle machine; a pause of the queue or of the pool would be half a minute. */
const goingOnSeconds = 10;
const tablesEach = 100;
const dataDir = mkdtempSync(path.join(os.tmpdir(), "tablewright-restart-"));
let postgres: Postgres;

beforeAll(async () => {
  // A server of its own, with the settings of production: what it has confirmed survives a crash.
  postgres = await startPostgres({ dataDir });
  await prepareDatabase(postgres.url);
  process.env.DATABASE_URL = postgres.url;
});
afterAll(async () => {
  await killWorkers();
  await closeQueue();
  await closeDb();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Active tables; null while the database is away. */
const activeCount = (scene: Scene): Promise<number | null> =>
  scene.query<{ count: number }>(`select count(*)::int as count from "table" where state = 'active'`).then(
    ([row]) => row!.count,
    () => null,
  );

test("200 creations outlive two crashes of Postgres, and go on at once when it is back", async () => {
  const scene = await openScene(postgres.url, { creatingSeconds: 0.5 });
  const dana = await makeActor("shop-devs");
  const ask = (name: string) => {
    const keys = Array.from({ length: tablesEach }, (_, t) => `${name}-${t}`);
    const tables = Object.fromEntries(keys.map((key) => [key, aTable({ enable_ttl: true })]));
    return makeRequest(dana, { environment: "dev", tables });
  };
  const worker = scene.worker();
  // Once in the middle of the work, and once while it is being taken up.
  for (const [crash, underWay] of [40, 0].entries()) {
    await ask(`crash${crash}`);
    const before = crash * tablesEach;
    await eventually(async () => ((await activeCount(scene)) ?? 0) >= before + underWay);
    await postgres.stopImmediate();
    await expect(ask("during")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(listRequests(dana, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await postgres.restart();
    const backAt = performance.now();
    const survived = await eventually(async () => (await activeCount(scene)) ?? false);
    expect(survived).toBeLessThan(before + tablesEach);
    await eventually(async () => ((await activeCount(scene)) ?? 0) > survived);
    const seconds = (performance.now() - backAt) / 1000;
    console.log(
      `crash ${crash + 1}: ${survived} tables were active, the next one ${seconds.toFixed(1)} s after`,
    );
    expect(seconds).toBeLessThan(goingOnSeconds);
  }
  await scene.requestsIn(["completed"], 60);
  const still = await Promise.race([worker.exited, Promise.resolve("running")]);
  expect(still).toBe("running");
  expect(scene.sandbox.tables()).toHaveLength(2 * tablesEach);
  const creations = scene.sandbox.calls.filter(({ operation }) => operation === "CreateTable");
  expect(creations.filter(({ outcome }) => outcome === "ok")).toHaveLength(2 * tablesEach);
  expect(await auditCounts(scene)).toEqual({
    "request.submit": 2,
    "request.approve-by-rule": 2,
    "request.start": 2,
    "request.complete": 2,
    "table.create": 2 * tablesEach,
    "table.activate": 2 * tablesEach,
  });
  await scene.close();
});
