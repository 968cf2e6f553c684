import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";

const withParent = new URL("./with-parent.ts", import.meta.url).href;
const longestPauseSeconds = 30;
/** A child that lived this long was well; the next pause begins small again. */
const wellAfterSeconds = 60;
const stopTimeoutSeconds = 6;
const maxLogBytes = 20_000_000;

export type ChildOptions = {
  name: string;
  /** Arguments of node: a script of ours and its own arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  log: Log;
  /** `again`: start it anew when it dies. Otherwise called once with why, and the child stays down. */
  whenItDies: "again" | ((why: string) => void);
  /** Gets each line the child prints. */
  onLine?: (line: string) => void;
};

export type Child = { stop: () => Promise<void> };
export type Log = { write: (line: string) => void; tail: () => string; file: string; close: () => void };

/** A log file that is begun anew with each start, its last lines held in memory; the one before is kept as `.1`. */
export function openLog(folder: string, name: string): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  const begin = () => {
    if (statSync(file, { throwIfNoEntry: false })) renameSync(file, `${file}.1`);
    return openSync(file, "a", 0o600);
  };
  let descriptor = begin();
  let bytes = 0;
  const last: string[] = [];
  return {
    file,
    tail: () => last.join("\n"),
    close: () => closeSync(descriptor),
    write: (line) => {
      if (last.push(line) > 30) last.shift();
      if (bytes > maxLogBytes) {
        closeSync(descriptor);
        descriptor = begin();
        bytes = 0;
      }
      bytes += writeSync(descriptor, `${line}\n`);
    },
  };
}

/** Runs a node script as a child process, in a group of its own so that Ctrl-C reaches it through us, in our order. */
export function startChild(options: ChildOptions): Child {
  let child: ChildProcess;
  let stopping = false;
  let pauseSeconds = 0.5;
  let timer: NodeJS.Timeout | undefined;

  const died = (code: number | null, signal: string | null, livedSeconds: number) => {
    if (stopping) return;
    const why = `The ${options.name} ended (${signal ?? `code ${code}`}). Its log is ${options.log.file}`;
    if (options.whenItDies !== "again") return options.whenItDies(why);
    if (livedSeconds > wellAfterSeconds) pauseSeconds = 0.5;
    console.error(`${why}. Starting it again in ${pauseSeconds} s.`);
    timer = setTimeout(run, pauseSeconds * 1000);
    pauseSeconds = Math.min(pauseSeconds * 2, longestPauseSeconds);
  };

  function run() {
    const startedAt = performance.now();
    child = spawn(process.execPath, ["--import", withParent, ...options.args], {
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on("line", (line) => {
        options.log.write(line);
        options.onLine?.(line);
      });
    }
    child.once("error", (error) => options.log.write(String(error)));
    child.once("close", (code, signal) => died(code, signal, (performance.now() - startedAt) / 1000));
  }

  run();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), stopTimeoutSeconds * 1000);
      await ended;
      clearTimeout(kill);
    },
  };
}
