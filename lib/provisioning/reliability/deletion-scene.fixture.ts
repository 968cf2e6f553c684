import { randomUUID } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import { startSandbox } from "#lib/sandbox/server.ts";
import { startWorker } from "#lib/worker/start.ts";
import { aTable, makeActor, makeDecommission, makeRequest } from "#prisma/factories.ts";
import { requestIn } from "../scenario.fixture.ts";
import { copyScene, letGoOfDatabase, type Scene } from "./scene.fixture.ts";

/** The protected table that is to be deleted in every scene. */
export const doomed = "shop-dev-orders";
const fast: SandboxOptions = {
  creatingSeconds: 0.2,
  deletingSeconds: 0.2,
  deletionProtectionCooldownSeconds: 0,
};

/** Called at the top of a test file: scenes in which a table is there and its deletion approved, and nothing begun. */
export function useDoomedTable() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-doomed-"));
  const original = path.join(folder, "sandbox");
  let made = 0;
  beforeAll(async () => {
    const sandbox = await startSandbox({ ...fast, stateFile: original });
    process.env.TABLEWRIGHT_SANDBOX_URL = sandbox.url;
    const worker = await startWorker({ owner: `maker-${randomUUID()}` });
    const dana = await makeActor("shop-devs");
    const id = await makeRequest(dana, { environment: "dev", tables: { orders: aTable() } });
    await requestIn(dana, id, ["completed"]);
    await worker.stop();
    await makeDecommission(dana, "dev", ["orders"]);
    await sandbox.close();
    await letGoOfDatabase();
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return async (options: SandboxOptions = {}): Promise<Scene> => {
    const stateFile = path.join(folder, `scene-${++made}`);
    copyFileSync(original, stateFile);
    return copyScene({ ...fast, ...options, stateFile });
  };
}

/** The minute in which no second DeleteTable goes out is over: nobody has to wait that long here. */
export const settle = (scene: Scene) =>
  scene.query(
    `update operation set "intentAt" = now() - interval '60 seconds' where state <> 'done' and "intentAt" is not null`,
  );
