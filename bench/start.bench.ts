import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#lib/infra/free-port.ts";
import { printTable } from "./report.ts";

const targets = { laterStartSeconds: 10, stopSeconds: 10 };
const dataFolder = mkdtempSync(path.join(os.tmpdir(), "tablewright-bench-"));
const port = await freePort();

type Times = { startSeconds: number; stopSeconds: number };

try {
  const first = await startAndStop();
  const later = await startAndStop();
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  printTable("npm start on this machine, installed and built", [
    ["what", "measured", "target"],
    ["first start on an empty data folder", seconds(first.startSeconds), "–"],
    ["later start", seconds(later.startSeconds), `< ${targets.laterStartSeconds} s`],
    ["SIGTERM until all has ended", seconds(later.stopSeconds), `≤ ${targets.stopSeconds} s`],
  ]);
  const missed = later.startSeconds >= targets.laterStartSeconds || later.stopSeconds > targets.stopSeconds;
  if (missed) process.exitCode = 1;
} finally {
  rmSync(dataFolder, { recursive: true, force: true });
}

/** Runs `npm start` until it says that it is ready, then ends it as a service manager would. */
async function startAndStop(): Promise<Times> {
  const begun = performance.now();
  const env = { ...process.env, PORT: String(port), TABLEWRIGHT_DATA: dataFolder, DATABASE_URL: "" };
  const child = spawn("npm", ["start"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("Tablewright is ready")) break;
  }
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
  const ready = performance.now();
  child.kill("SIGTERM");
  await ended;
  // npm may be gone before the parts it started: Postgres ends last, and takes this file along.
  while (existsSync(path.join(dataFolder, "postgres/data/postmaster.pid"))) await sleep(20);
  return { startSeconds: (ready - begun) / 1000, stopSeconds: (performance.now() - ready) / 1000 };
}
