import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Sandbox } from "#lib/sandbox/server.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { doomed, settle, useDoomedTable } from "./deletion-scene.fixture.ts";
import { auditCounts, beats, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ maxConcurrency: 8, testTimeout: 90_000 });
const openScene = useDoomedTable();
afterAll(killWorkers);

/** Ten seconds of lease, two until the sweep, three until gone is believed, and what a busy machine takes. */
const takenOverSeconds = 20;
type Course = { arrange?: (sandbox: Sandbox) => void; ends: "completed" | "failed" };

const refusal = { name: "AccessDeniedException", message: "User is not authorized to perform this" };
const limit = { name: "LimitExceededException", message: "Subscriber limit exceeded: Only 500 tables" };

/** Ways a deletion can go, so that together they come to every side effect there is. */
const courses = {
  smooth: { ends: "completed" },
  refused: { arrange: (sandbox) => sandbox.failNext("DeleteTable", refusal, { times: 9 }), ends: "failed" },
  throttled: { arrange: (sandbox) => sandbox.failNext("UpdateTable", "throttle"), ends: "completed" },
  limited: { arrange: (sandbox) => sandbox.failNext("DeleteTable", limit), ends: "completed" },
} as const satisfies Record<string, Course>;

const around = (effects: string[]) => effects.flatMap((effect) => [`${effect}: before`, `${effect}: after`]);
const matrix = {
  smooth: around([
    "operations",
    "claim",
    "UpdateTable intent",
    "UpdateTable",
    "DeleteTable intent",
    "DeleteTable",
    "finish",
    "settle",
  ]),
  refused: around(["refusal", "fail"]),
  throttled: around(["stall"]),
  limited: around(["wait"]),
} satisfies Record<keyof typeof courses, string[]>;

async function stage(course: Course): Promise<Scene> {
  const scene = await openScene();
  course.arrange?.(scene.sandbox);
  return scene;
}

/** What must be so in the end, however often a worker was replaced on the way. */
async function expectOneOfEach(scene: Scene, ends: "completed" | "failed"): Promise<void> {
  const gone = ends === "completed";
  expect(scene.sandbox.tables().map((table) => table.name)).toEqual(gone ? [] : [doomed]);
  const deletions = scene.sandbox.calls.filter((call) => call.operation === "DeleteTable");
  expect(deletions.filter((call) => call.outcome === "ok")).toHaveLength(gone ? 1 : 0);
  expect(await auditCounts(scene)).toEqual({
    "request.submit": 2,
    "request.approve-by-rule": 2,
    "request.start": 2,
    "table.create": 1,
    "table.activate": 1,
    "table.delete": 1,
    ...(gone
      ? { "table.gone": 1, "request.complete": 2 }
      : { "table.fail": 1, "request.complete": 1, "request.fail": 1 }),
  });
  const [row] = await scene.query(`
    select t.state as "table", t."holdsName", d.state as asked, d.open, o.state as operation, o."leaseOwner"
    from decommission d join "table" t on t.id = d."tableId" join operation o on o.id = d."operationId"`);
  expect(row).toEqual(
    gone
      ? {
          table: "deleted",
          holdsName: false,
          asked: "deleted",
          open: false,
          operation: "done",
          leaseOwner: null,
        }
      : {
          table: "active",
          holdsName: true,
          asked: "failed",
          open: true,
          operation: "failed",
          leaseOwner: null,
        },
  );
}

/** The operation lies down for 45 s in this course: nobody has to wait that long here. */
const shortenWaits = (scene: Scene) =>
  scene.query(`update operation set "waitUntil" = now() where state = 'waiting'`);

/** Seconds from the victim's end to the request's, with another worker at hand. */
async function takeOver(scene: Scene, course: keyof typeof courses, point: string): Promise<number> {
  const heir = scene.worker({ standby: true });
  await heir.says("standing by");
  expect(await scene.worker({ dieAt: point }).exited).toBe("SIGKILL");
  const sentNothing = !scene.sandbox.calls.some((call) => call.operation === "DeleteTable");
  if (sentNothing || course !== "smooth") await settle(scene);
  const begun = performance.now();
  heir.begin();
  const waiting = course === "limited" ? setInterval(() => void shortenWaits(scene), 200) : undefined;
  await scene.requestsIn(["completed", "failed"], takenOverSeconds + 30);
  clearInterval(waiting);
  return (performance.now() - begun) / 1000;
}

const cases = Object.entries(matrix).flatMap(([course, points]) =>
  points.map((point) => ({ course: course as keyof typeof courses, point })),
);

describe.concurrent("a worker that is killed while it deletes", () => {
  test.each(cases)(
    "at `$point` ($course) leaves nothing that another does not go on with",
    async ({ course, point }) => {
      const scene = await stage(courses[course]);
      const seconds = await takeOver(scene, course, point);
      console.log(`taken over after ${seconds.toFixed(1)} s: ${point} (${course})`);
      await expectOneOfEach(scene, courses[course].ends);
      expect(seconds).toBeLessThan(takenOverSeconds);
      await scene.close();
    },
  );
});

test.concurrent("the matrix has every side effect that a deletion comes to", async () => {
  const points = new Set<string>();
  for (const course of Object.keys(courses) as (keyof typeof courses)[]) {
    const scene = await stage(courses[course]);
    const worker = scene.worker();
    const waiting = setInterval(() => void shortenWaits(scene), 200);
    await scene.requestsIn(["completed", "failed"], 30);
    clearInterval(waiting);
    await worker.says("started");
    worker.signal("SIGTERM");
    expect(await worker.exited).toBe(0);
    for (const point of worker.points) points.add(point);
    await expectOneOfEach(scene, courses[course].ends);
    await scene.close();
  }
  expect([...points].sort()).toEqual([...new Set(Object.values(matrix).flat())].sort());
});

describe.concurrent("a worker that freezes just before its DeleteTable", () => {
  test("does not send it when it thaws, though somebody else's table has the name by then", async () => {
    const scene = await openScene();
    const frozen = scene.worker({ freezeAt: "DeleteTable: before", owner: "sleeper" });
    await frozen.says("frozen");
    await settle(scene);
    scene.worker();
    await scene.requestsIn(["completed"], 45);
    const stranger = new DynamoDBClient({
      endpoint: scene.sandbox.url,
      region: "us-east-1",
      credentials: { accessKeyId: "000000000000", secretAccessKey: "x" },
    });
    await stranger.send(
      new CreateTableCommand({
        TableName: doomed,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    frozen.signal("SIGCONT");
    await beats(scene, "sleeper", 2);
    stranger.destroy();
    expect(scene.sandbox.tables().map((table) => table.name)).toEqual([doomed]);
    expect(scene.sandbox.calls.filter((call) => call.operation === "DeleteTable")).toHaveLength(1);
    await scene.close();
  });
});
