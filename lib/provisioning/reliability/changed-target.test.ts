import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { env } from "#lib/infra/env.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { eventually } from "../scenario.fixture.ts";
import { copyScene, letGoOfDatabase, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  await makeRequest(await makeActor("shop-devs"), { environment: "dev", tables: { orders: aTable() } });
  await letGoOfDatabase();
});
afterAll(killWorkers);

/** The test's configuration with the line of `dev` written anew. */
function configWith(change: (line: string) => string): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "tablewright-target-")), "tablewright.yaml");
  const text = readFileSync(env.configFile, "utf8");
  writeFileSync(file, text.replace(/^ {2}dev: .*\n/m, change));
  return file;
}
const paused = () => configWith((line) => line.replace("{ ", "{ paused: true, "));

const looks = (scene: Scene) =>
  scene.query<{
    state: string;
    table: string;
    problem: string | null;
    waiting: string | null;
    message: string | null;
  }>(`
    select r.state, t.state as "table", t.problem, s."waitUntil"::text as waiting, s.message
    from request r join "table" t on t."requestId" = r.id
    left join operation o on o."tableId" = t.id left join step s on s."operationId" = o.id and s.position = 0`);

describe.concurrent("where the configuration names another target than was approved", () => {
  const elsewhere = "http://127.0.0.1:9";
  test.each([
    [
      "another account",
      (line: string) => line.replace("000000000000", "222222222222"),
      "account 222222222222",
    ],
    ["another region", (line: string) => line.replace("us-east-1", "eu-west-1"), "region eu-west-1"],
    ["another endpoint", (line: string) => line.replace("sandbox", elsewhere), elsewhere],
    ["AWS instead of an endpoint", (line: string) => line.replace("endpoint: sandbox, ", ""), "aws, account"],
    ["no such environment", () => "", "dev is not in the configuration any more"],
  ])("%s: it stops and says so, and nothing is sent", async (_what, change, words) => {
    const scene = await copyScene();
    scene.worker({ config: configWith(change) });
    await scene.requestsIn(["failed"], 30);
    const [row] = await looks(scene);
    expect(row).toMatchObject({ table: "failed", problem: expect.stringContaining(words) });
    expect(row!.problem).toContain("othing was sent");
    expect(scene.sandbox.calls).toEqual([]);
    await scene.close();
  });
});

describe.concurrent("in a paused environment", () => {
  /** Resolves when the worker has gone round so often, without finding anything to do. */
  const rounds = async (scene: Scene, owner: string) => {
    const beatsOf = () =>
      scene.query<{ age: number }>(
        `select extract(epoch from "beatAt" - "startedAt")::float8 as age from worker where id = '${owner}'`,
      );
    await eventually(async () => ((await beatsOf())[0]?.age ?? 0) > 3);
  };

  test("an approved request stays approved and goes on when the pause ends", async () => {
    const scene = await copyScene();
    const idle = scene.worker({ config: paused(), owner: "idle" });
    await rounds(scene, "idle");
    expect(await looks(scene)).toMatchObject([{ state: "approved", table: "pending" }]);
    expect(scene.sandbox.calls).toEqual([]);
    idle.signal("SIGTERM");
    expect(await idle.exited).toBe(0);
    scene.worker();
    await scene.requestsIn(["completed"], 30);
    await scene.close();
  });

  test("what had begun lies down with the reason, sends nothing, and goes on when the pause ends", async () => {
    const scene = await copyScene();
    expect(await scene.worker({ dieAt: "CreateTable: before" }).exited).toBe("SIGKILL");
    const sent = scene.sandbox.calls.length;
    const idle = scene.worker({ config: paused() });
    const waiting = await eventually(async () => (await looks(scene)).find((row) => row.waiting !== null));
    expect(waiting).toMatchObject({ state: "provisioning", message: "The environment dev is paused" });
    expect(scene.sandbox.calls).toHaveLength(sent);
    idle.signal("SIGTERM");
    expect(await idle.exited).toBe(0);
    scene.worker();
    await scene.query(`update operation set "waitUntil" = now()`);
    await scene.requestsIn(["completed"], 30);
    await scene.close();
  });
});
