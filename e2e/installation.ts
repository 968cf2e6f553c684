import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

/** What a developer's shell may have set, and must not reach an installation under test. */
const foreign = [
  "DATABASE_URL",
  "TABLEWRIGHT_CONFIG",
  "TABLEWRIGHT_DEMO",
  "TABLEWRIGHT_SECRET",
  "TABLEWRIGHT_URL",
  "SANDBOX_PORT",
];

export type Installation = {
  url: string;
  data: string;
  stop: () => Promise<void>;
  /** Every line it printed so far. */
  output: string[];
};

/**
 * Starts the production build with the code of `npm start` on this port of loopback, with a data folder of its own.
 * `variables` are set on top.
 */
export async function startInstallation(
  port: number,
  variables: Record<string, string> = {},
): Promise<Installation> {
  const data = mkdtempSync(path.join(os.tmpdir(), "tablewright-e2e-"));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TABLEWRIGHT_DATA: data,
    PORT: String(port),
    HOST: "127.0.0.1",
  };
  for (const name of foreign) delete env[name];
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "start"], {
    env: { ...env, ...variables },
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
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, data, output, stop };
}
