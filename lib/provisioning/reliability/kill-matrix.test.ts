import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import type { Sandbox } from "#lib/sandbox/server.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { auditCounts, copyScene, letGoOfDatabase, type Scene } from "./scene.fixture.ts";
import { killWorkers } from "./workers.fixture.ts";

useTestConfig();
useTestDatabase();
vi.setConfig({ maxConcurrency: 8, testTimeout: 90_000 });

const takenOverSeconds = 15;
const name = "shop-dev-orders";

beforeAll(async () => {
  await makeRequest(await makeActor("shop-devs"), {
    environment: "dev",
    tables: { orders: aTable({ enable_ttl: true, enable_stream: true }) },
  });
  await letGoOfDatabase();
});
afterAll(killWorkers);

type Course = {
  options?: SandboxOptions;
  arrange?: (sandbox: Sandbox) => void;
  ends: "completed" | "failed";
};

const refusal = { name: "AccessDeniedException", message: "User is not authorized to perform this" };
const limit = { name: "LimitExceededException", message: "Subscriber limit exceeded: Only 500 tables" };

/** Ways a creation can go, so that together they come to every side effect there is. */
const courses = {
  smooth: { ends: "completed" },
  refused: { arrange: (sandbox) => sandbox.failNext("CreateTable", refusal, { times: 9 }), ends: "failed" },
  throttled: { arrange: (sandbox) => sandbox.failNext("UpdateTimeToLive", "throttle"), ends: "completed" },
  limited: { arrange: (sandbox) => sandbox.failNext("UpdateTimeToLive", limit), ends: "completed" },
  lacking: { options: { supports: { continuousBackups: false } }, ends: "completed" },
} as const satisfies Record<string, Course>;

const around = (effects: string[]) => effects.flatMap((effect) => [`${effect}: before`, `${effect}: after`]);
const matrix = {
  smooth: around([
    "operations",
    "claim",
    "CreateTable intent",
    "CreateTable",
    "identity",
    "UpdateTimeToLive intent",
    "UpdateTimeToLive",
    "UpdateContinuousBackups intent",
    "UpdateContinuousBackups",
    "finish",
    "settle",
  ]),
  refused: around(["refusal", "fail"]),
  throttled: around(["stall"]),
  limited: around(["wait"]),
  lacking: around(["unsupported"]),
} satisfies Record<keyof typeof courses, string[]>;

async function stage(course: Course): Promise<Scene> {
  const scene = await copyScene(course.options);
  course.arrange?.(scene.sandbox);
  return scene;
}

/** What must be so in the end, however often a worker was replaced on the way. */
async function expectOneOfEach(scene: Scene, ends: "completed" | "failed"): Promise<void> {
  const made = ends === "completed";
  expect(scene.sandbox.tables().map((table) => table.name)).toEqual(made ? [name] : []);
  const creations = scene.sandbox.calls.filter((call) => call.operation === "CreateTable");
  expect(creations.filter((call) => call.outcome === "ok")).toHaveLength(made ? 1 : 0);
  expect(await auditCounts(scene)).toEqual({
    "request.submit": 1,
    "request.approve-by-rule": 1,
    "request.start": 1,
    "table.create": 1,
    ...(made ? { "table.activate": 1, "request.complete": 1 } : { "table.fail": 1, "request.fail": 1 }),
  });
  const [row] = await scene.query(`
    select t.state as "table", o.state as operation, t.identity, o."leaseOwner",
      (select array_agg(distinct state) from step where "operationId" = o.id and state not in ('done', 'unsupported')) as open
    from "table" t join operation o on o."tableId" = t.id`);
  expect(row).toMatchObject(
    made
      ? { table: "active", operation: "done", leaseOwner: null, open: null }
      : { table: "failed", operation: "failed", leaseOwner: null },
  );
  if (made) expect(row!.identity).toBe(scene.sandbox.tables()[0]!.description.TableId);
}

/** The operation lies down for 45 s in this course: nobody has to wait that long here. */
const shortenWaits = (scene: Scene) =>
  scene.query(`update operation set "waitUntil" = now() where state = 'waiting'`);

/** Seconds from the victim's end to the request's, with another worker at hand. */
async function takeOver(scene: Scene, course: keyof typeof courses, point: string): Promise<number> {
  const heir = scene.worker({ standby: true });
  await heir.says("standing by");
  expect(await scene.worker({ dieAt: point }).exited).toBe("SIGKILL");
  const begun = performance.now();
  heir.begin();
  const waiting = course === "limited" ? setInterval(() => void shortenWaits(scene), 200) : undefined;
  await scene.requestsIn([courses[course].ends], takenOverSeconds + 30);
  clearInterval(waiting);
  return (performance.now() - begun) / 1000;
}

const cases = Object.entries(matrix).flatMap(([course, points]) =>
  points.map((point) => ({ course: course as keyof typeof courses, point })),
);

describe.concurrent("a worker that is killed", () => {
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

test.concurrent("the matrix has every side effect that a creation comes to", async () => {
  const points = new Set<string>();
  for (const course of Object.keys(courses) as (keyof typeof courses)[]) {
    const scene = await stage(courses[course]);
    const worker = scene.worker();
    const waiting = setInterval(() => void shortenWaits(scene), 200);
    await scene.requestsIn([courses[course].ends], 30);
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
