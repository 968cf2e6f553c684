import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { inTransaction } from "#lib/core/command.ts";
import type { Tx } from "#lib/infra/db.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { leaseSeconds } from "../state.ts";
import { beats, copyScene, letGoOfDatabase, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ maxConcurrency: 8, testTimeout: 90_000 });

beforeAll(async () => {
  await makeRequest(await makeActor("shop-devs"), {
    environment: "dev",
    tables: { orders: aTable({ enable_ttl: true }) },
  });
  await letGoOfDatabase();
});
afterAll(killWorkers);

/** All that a worker could change: every row but the signs of life, and what was written at AWS. */
async function everything({ query, sandbox }: Scene) {
  const rows = (table: string) => query(`select * from ${table} order by id`);
  return {
    audit: await rows("audit_event"),
    requests: await rows("request"),
    tables: await rows(`"table"`),
    operations: await rows("operation"),
    steps: await rows("step"),
    writes: sandbox.calls.filter(({ operation }) => /^(Create|Update|Delete|Tag|Untag)/.test(operation)),
    made: sandbox.tables().map(({ name, timeToLive, recovery }) => ({ name, timeToLive, recovery })),
  };
}

describe.concurrent("a worker frozen past its lease and thawed", () => {
  test.each([
    "CreateTable intent: before",
    "CreateTable: before",
    "CreateTable: after",
    "UpdateTimeToLive: before",
    "finish: before",
  ])("at `%s` changes nothing any more", async (point) => {
    const scene = await copyScene();
    const sleeper = scene.worker({ freezeAt: point, owner: "sleeper" });
    await sleeper.says("frozen");
    scene.worker({ owner: "heir" });
    await scene.requestsIn(["completed"], 45);
    await beats(scene, "heir", 1);
    const before = await everything(scene);
    sleeper.signal("SIGCONT");
    await beats(scene, "sleeper", 2);
    expect(await everything(scene)).toEqual(before);
    expect(before.made).toHaveLength(1);
    await scene.close();
  });
});

test("the locks of a process that is frozen within a transaction last no longer than its lease", async () => {
  const lock = (tx: Tx) => tx.$queryRaw`select id from request for update`;
  const locked = Promise.withResolvers<void>();
  const thawed = Promise.withResolvers<void>();
  const holder = inTransaction(async (tx) => {
    await lock(tx);
    locked.resolve();
    await thawed.promise;
    await lock(tx);
  });
  const lost = expect(holder).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await locked.promise;
  const begun = performance.now();
  await inTransaction(lock);
  expect((performance.now() - begun) / 1000).toBeLessThan(leaseSeconds);
  thawed.resolve();
  await lost;
});
