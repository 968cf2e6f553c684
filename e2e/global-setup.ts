import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "#lib/infra/free-port.ts";

/**
 * Starts the production build with the code of `npm start`, in demo mode, on free ports and a data folder of its own.
 * The journeys find it by `baseURL`, its data folder by TABLEWRIGHT_DATA.
 */
export default async function startInstallation(): Promise<() => Promise<void>> {
  const data = mkdtempSync(path.join(os.tmpdir(), "tablewright-e2e-"));
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TABLEWRIGHT_DATA: data,
    PORT: String(port),
    HOST: "127.0.0.1",
  };
  for (const name of [
    "DATABASE_URL",
    "TABLEWRIGHT_CONFIG",
    "TABLEWRIGHT_DEMO",
    "TABLEWRIGHT_SECRET",
    "TABLEWRIGHT_URL",
    "SANDBOX_PORT",
  ]) {
    delete env[name];
  }
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "start"], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const output: string[] = [];
  await new Promise<void>((resolve, reject) => {
    void ended.then(() =>
      reject(new Error(`The installation under test did not start:\n${output.join("\n")}`)),
    );
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        if (line.startsWith("Tablewright is ready at")) resolve();
      });
    }
  });
  process.env.TABLEWRIGHT_E2E_URL = `http://127.0.0.1:${port}`;
  process.env.TABLEWRIGHT_DATA = data;
  return async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}
