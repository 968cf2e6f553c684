import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type WorkerProcess = {
  pid: number;
  /** The side effects it came to, in order. */
  points: string[];
  /** Resolves when it says this line. */
  says: (line: string) => Promise<void>;
  /** How it ended: the signal, or the exit code. */
  exited: Promise<NodeJS.Signals | number>;
  signal: (signal: NodeJS.Signals) => void;
  /** Lets one that stands by begin. */
  begin: () => void;
};

export type WorkerOptions = {
  /** Kills itself, or freezes, at the first arrival at this point. */
  dieAt?: string;
  freezeAt?: string;
  owner?: string;
  /** Loads everything, says "standing by", and works only after `begin()`. */
  standby?: boolean;
  /** The configuration file, if not the test's own. */
  config?: string;
};

type Where = { databaseUrl: string; sandboxUrl: string };

const script = fileURLToPath(import.meta.resolve("./worker-process.fixture.ts"));
const alive = new Set<ChildProcess>();

/** Starts a worker in a process of its own, so that it can be killed and frozen. */
export function startWorkerProcess(options: WorkerOptions & Where): WorkerProcess {
  const child = spawn(process.execPath, [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      LOG_LEVEL: "fatal",
      NODE_COMPILE_CACHE: path.join(os.tmpdir(), "tablewright-compile-cache"),
      DATABASE_URL: options.databaseUrl,
      TABLEWRIGHT_SANDBOX_URL: options.sandboxUrl,
      TABLEWRIGHT_CONFIG: options.config ?? process.env.TABLEWRIGHT_CONFIG,
      DIE_AT: options.dieAt,
      FREEZE_AT: options.freezeAt,
      OWNER: options.owner,
      STANDBY: options.standby ? "1" : undefined,
    },
  });
  alive.add(child);
  const points: string[] = [];
  const said = new Set<string>();
  const listeners = new Map<string, () => void>();
  createInterface({ input: child.stdout! }).on("line", (line) => {
    if (line.startsWith("at ")) points.push(line.slice(3));
    said.add(line);
    listeners.get(line)?.();
  });
  const exited = new Promise<NodeJS.Signals | number>((resolve) => {
    child.once("exit", (code, signal) => {
      alive.delete(child);
      resolve(signal ?? code ?? 0);
    });
  });
  return {
    pid: child.pid!,
    points,
    exited,
    signal: (signal) => void child.kill(signal),
    begin: () => void child.stdin!.write("begin\n"),
    says: (line) =>
      said.has(line)
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            listeners.set(line, resolve);
            void exited.then((how) => reject(new Error(`The worker ended (${how}) before it said: ${line}`)));
          }),
  };
}

/** Ends every worker that a test left behind. */
export async function killWorkers(): Promise<void> {
  const ended = [...alive].map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of alive) child.kill("SIGKILL");
  await Promise.all(ended);
}
