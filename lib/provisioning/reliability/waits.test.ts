import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { ensureOperations } from "../ensure-operations.ts";
import type { At } from "../persist.ts";
import { auditOf, eventually, requestIn } from "../scenario.fixture.ts";
import { maxStalls } from "../state.ts";

useTestConfig();
useTestDatabase();

let sandbox: Sandbox;
let dana: UserActor;
let worker: RunningWorker | undefined;
const start = async (at?: At) => {
  worker = await startWorker({ owner: randomUUID(), at });
};
const stop = async () => {
  await worker?.stop();
  worker = undefined;
};

beforeAll(async () => {
  sandbox = await startSandbox({ creatingSeconds: 0.2 });
  process.env.TABLEWRIGHT_SANDBOX_URL = sandbox.url;
  dana = await makeActor("shop-devs");
});
afterEach(stop);
afterAll(() => sandbox.close());

const tooSoon = {
  name: "ValidationException",
  message: "Time to live has been modified multiple times within a fixed interval",
};
const atLimit = {
  name: "LimitExceededException",
  message: "Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously",
};

const ask = (...keys: string[]) =>
  makeRequest(dana, {
    environment: "dev",
    tables: Object.fromEntries(keys.map((key) => [key, aTable({ enable_ttl: true })])),
  });

/** The request once a step of this table waits, with that step. */
async function waitingStep(id: string, key: string) {
  return eventually(async () => {
    const request = await requestIn(dana, id, ["provisioning", "failed", "completed"]);
    expect(request.state).toBe("provisioning");
    return tableOf(request, key).steps.find((step) => step.state === "waiting");
  });
}
const tableOf = (request: RequestView, key: string) => request.tables.find((table) => table.key === key)!;
const secondsUntil = (time: string | null) => (Date.parse(time!) - Date.now()) / 1000;
const endWaits = () =>
  db().operation.updateMany({ where: { state: "waiting" }, data: { waitUntil: new Date() } });

describe("an answer that asks for patience is a wait with a visible end, not a failure", () => {
  test("time to live changed too soon waits an hour, also over a restart of the worker", async () => {
    await start();
    sandbox.failNext("UpdateTimeToLive", tooSoon, { table: "shop-dev-soon" });
    const id = await ask("soon");
    const step = await waitingStep(id, "soon");
    expect(step).toMatchObject({
      call: "UpdateTimeToLive",
      message: expect.stringContaining(tooSoon.message),
    });
    expect(secondsUntil(step.wait_until)).toBeGreaterThan(3_500);

    await stop();
    await start();
    const other = await ask("meanwhile");
    await requestIn(dana, other, ["completed"]);
    expect(await waitingStep(id, "soon")).toEqual(step);

    await endWaits();
    const request = await requestIn(dana, id, ["completed", "failed"]);
    expect(request.state).toBe("completed");
    expect(request.tables[0]!.steps.map(({ state, message }) => [state, message])).toEqual([
      ["done", null],
      ["done", null],
      ["done", null],
    ]);
    expect((await auditOf(id))["table.fail shop-dev-soon"]).toBeUndefined();
  });

  test("an account at its limit of tables in creation", async () => {
    await start();
    sandbox.failNext("CreateTable", atLimit, { table: "shop-dev-limit" });
    const id = await ask("limit");
    const step = await waitingStep(id, "limit");
    expect(step).toMatchObject({ call: "CreateTable", attempts: 1 });
    expect(secondsUntil(step.wait_until)).toBeGreaterThan(20);
    await endWaits();
    expect((await requestIn(dana, id, ["completed", "failed"])).state).toBe("completed");
  });
});

test("a step that gets nowhere in many tries stops, and says so with AWS's last words", async () => {
  sandbox.failNext("DescribeTable", "internalError", { table: "shop-dev-nowhere", times: 1_000 });
  const id = await ask("nowhere");
  await ensureOperations(id);
  await db().operation.updateMany({ where: { requestId: id }, data: { stalls: maxStalls } });
  await start();
  const request = await requestIn(dana, id, ["completed", "failed"]);
  expect(request.state).toBe("failed");
  expect(request.tables[0]!.problem).toMatch(
    /^Gave up after \d+ tries without progress\.\nInternalServerError/,
  );
});

test("what nobody foresaw is a wait that people see, with where the log has it, and is tried again", async () => {
  let faults = 1;
  await start(async (point) => {
    if (point === "UpdateTimeToLive: before" && faults-- > 0) throw new TypeError("undefined is no function");
  });
  const id = await ask("unforeseen");
  const step = await waitingStep(id, "unforeseen");
  expect(step.message).toMatch(/^Something unexpected went wrong; the worker's log has it under \w+\.$/);
  await endWaits();
  expect((await requestIn(dana, id, ["completed", "failed"])).state).toBe("completed");
});

test("a table that fails blocks no other, and the request fails once nothing of it runs or waits", async () => {
  await start();
  sandbox.failNext("UpdateTimeToLive", atLimit, { table: "shop-dev-c-waits" });
  const id = await ask("a-works", "b-fail-create", "c-waits");
  await waitingStep(id, "c-waits");
  const meanwhile = await eventually(async () => {
    const request = await requestIn(dana, id, ["provisioning", "failed", "completed"]);
    const ended = request.tables.filter((table) => table.state === "active" || table.state === "failed");
    return ended.length === 2 && request;
  });
  expect(meanwhile.state).toBe("provisioning");
  expect(meanwhile.tables.map((table) => table.state)).toEqual(["active", "failed", "creating"]);

  await endWaits();
  const ended = await requestIn(dana, id, ["completed", "failed"]);
  expect(ended.state).toBe("failed");
  expect(ended.tables.map((table) => table.state)).toEqual(["active", "failed", "active"]);
  expect((await auditOf(id))["request.fail"]).toBe(1);
});
