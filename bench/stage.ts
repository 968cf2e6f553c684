import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { closeDb } from "#lib/infra/db.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { closeQueue } from "#lib/infra/queue.ts";

export const account = "000000000000";
export const region = "us-east-1";

const configuration = (url: string) => `
name: Bench
projects:
  bench: { developers: [bench] }
environments:
  dev: { account: "${account}", region: ${region}, endpoint: "${url}" }
approvals:
  - { id: default, require: [{ group: platform, count: 1 }] }
`;

export type Stage = { sandboxUrl: string; close: () => Promise<void> };

/** Postgres, the sandbox and one worker, each a process of its own as in `npm start`; this process plays the web. */
export async function setStage({ creatingSeconds }: { creatingSeconds: number }): Promise<Stage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-bench-"));
  const postgres = await startPostgres({ dataDir: path.join(folder, "postgres") });
  await prepareDatabase(postgres.url);
  const sandbox = await spawnReady(
    [
      "lib/sandbox/main.ts",
      "--creating-seconds",
      String(creatingSeconds),
      "--state-file",
      path.join(folder, "sandbox"),
    ],
    process.env,
    /sandbox listening on (\S+)/,
  );
  process.env.DATABASE_URL = postgres.url;
  process.env.TABLEWRIGHT_CONFIG = path.join(folder, "tablewright.yaml");
  writeFileSync(process.env.TABLEWRIGHT_CONFIG, configuration(sandbox.match));
  const worker = await spawnReady(["lib/worker/main.ts"], process.env, /(worker started)/);
  return {
    sandboxUrl: sandbox.match,
    close: async () => {
      await closeQueue();
      await closeDb();
      await Promise.all([end(worker.child), end(sandbox.child)]);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function spawnReady(args: string[], env: NodeJS.ProcessEnv, ready: RegExp) {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout! })) {
    const match = ready.exec(line)?.[1];
    if (!match) continue;
    child.stdout!.resume();
    return { child, match };
  }
  throw new Error(`${args[0]} ended before it was ready`);
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}
