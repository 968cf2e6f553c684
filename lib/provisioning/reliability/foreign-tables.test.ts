import { randomUUID } from "node:crypto";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { getRequest } from "#lib/requests/queries.ts";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { eventually, requestIn } from "../scenario.fixture.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
});
afterEach(() => {
  vi.useRealTimers();
});

type Stranger = { name: string; tags?: { Key: string; Value: string }[]; partitionKey?: string };

async function strangerCreates(url: string, { name, tags, partitionKey = "id" }: Stranger): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "000000000000", secretAccessKey: "x" },
  });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: partitionKey, KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: partitionKey, AttributeType: "S" }],
      Tags: tags,
    }),
  );
  client.destroy();
}

/** A sandbox and a worker beside which a stranger creates a table in the moment before our CreateTable. */
function useStranger(options: SandboxOptions = {}) {
  const scene: { sandbox: Sandbox; inTheWay: Stranger | null } = { inTheWay: null } as never;
  let worker: RunningWorker;
  const at = async (point: string) => {
    if (point !== "CreateTable: before" || !scene.inTheWay) return;
    const stranger = scene.inTheWay;
    scene.inTheWay = null;
    await strangerCreates(scene.sandbox.url, stranger);
  };
  beforeAll(async () => {
    scene.sandbox = await startSandbox({ creatingSeconds: 0.2, ...options });
    process.env.TABLEWRIGHT_SANDBOX_URL = scene.sandbox.url;
    worker = await startWorker({ owner: randomUUID(), at });
  });
  afterAll(async () => {
    await worker.stop();
    await scene.sandbox.close();
  });
  return scene;
}

const ask = (key: string) => makeRequest(dana, { environment: "dev", tables: { [key]: aTable() } });

/** The request says so, and the stranger's table is as the stranger made it. */
async function expectUntouched(sandbox: Sandbox, id: string, name: string): Promise<void> {
  const request = await requestIn(dana, id, ["failed", "completed"]);
  expect(request.state).toBe("failed");
  expect(request.tables[0]!.problem).toMatch(/is taken.*not touched.*Choose another key/);
  const writes = sandbox.calls.filter(
    (call) => call.table === name && call.outcome === "ok" && !/^(Describe|List)/.test(call.operation),
  );
  expect(writes.map((call) => call.operation)).toEqual(["CreateTable"]);
}

describe("a foreign table that appears between the look and our CreateTable", () => {
  const scene = useStranger();

  test("with tags of its own is told at once, and untouched", async () => {
    const name = "shop-dev-tagged";
    scene.inTheWay = { name, tags: [{ Key: "Owner", Value: "somebody" }] };
    await expectUntouched(scene.sandbox, await ask("tagged"), name);
  });

  test("with the tag of another row of ours is untouched too", async () => {
    const name = "shop-dev-other-row";
    scene.inTheWay = { name, tags: [{ Key: "tablewright:table-id", Value: randomUUID() }] };
    await expectUntouched(scene.sandbox, await ask("other-row"), name);
  });

  test("without tags is watched for a minute, which the step says, and then told", async () => {
    const name = "shop-dev-untagged";
    scene.inTheWay = { name };
    const id = await ask("untagged");
    const waiting = await eventually(async () => {
      const request = await requestIn(dana, id, ["provisioning", "failed"]);
      return (/tags do not show/.test(request.tables[0]!.steps[0]!.message ?? "") && request) || null;
    });
    expect(waiting.state).toBe("provisioning");
    // The minute begins when the worker first sees the table ACTIVE, which may still be to come: time goes on until it
    // has passed.
    vi.useFakeTimers({ toFake: ["Date"] });
    await eventually(async () => {
      vi.setSystemTime(Date.now() + 61_000);
      return (await getRequest(dana, { id })).state === "failed";
    });
    await expectUntouched(scene.sandbox, id, name);
  });
});

describe("on an endpoint without tags", () => {
  const scene = useStranger({ supports: { tags: false } });

  test("a foreign table that was there before is untouched, also with our keys", async () => {
    await strangerCreates(scene.sandbox.url, { name: "shop-dev-before" });
    await expectUntouched(scene.sandbox, await ask("before"), "shop-dev-before");
  });

  test("one that appears between the look and our CreateTable is untouched, also with our keys", async () => {
    scene.inTheWay = { name: "shop-dev-between" };
    await expectUntouched(scene.sandbox, await ask("between"), "shop-dev-between");
  });

  test("one with other keys that appears there is untouched", async () => {
    scene.inTheWay = { name: "shop-dev-keys", partitionKey: "other" };
    await expectUntouched(scene.sandbox, await ask("keys"), "shop-dev-keys");
  });

  test("our own table is recognised when its answer was lost", async () => {
    scene.sandbox.failNext("CreateTable", "executeThenTimeout", { table: "shop-dev-ours" });
    const request = await requestIn(dana, await ask("ours"), ["failed", "completed"]);
    expect(request.state).toBe("completed");
    expect(request.tables[0]!.unsupported).toEqual(["tags"]);
    expect(
      scene.sandbox.calls.filter(
        (call) => call.table === "shop-dev-ours" && call.operation === "CreateTable",
      ),
    ).toHaveLength(1);
  });
});

describe("while ListTags does not know a table that is CREATING", () => {
  const scene = useStranger({
    creatingSeconds: 1,
    eventualConsistency: { tagsUnknownWhileCreating: true, describeLagReads: 2, tagsLagReads: 2 },
  });

  test("our own table, its answer lost, is recognised in the end and made once", async () => {
    scene.sandbox.failNext("CreateTable", "executeThenTimeout", { table: "shop-dev-late" });
    const request = await requestIn(dana, await ask("late"), ["failed", "completed"]);
    expect(request.tables[0]!.problem).toBeNull();
    expect(scene.sandbox.tables().filter(({ name }) => name === "shop-dev-late")).toHaveLength(1);
  });
});
