import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Account, Distribution } from "#lib/infra/postgres-binaries.ts";

/** A fast shutdown that takes longer becomes an immediate one. */
export const stopTimeoutSeconds = 8;
const startTimeoutSeconds = 120;

/** Whose server, from which binaries, in which folder (absolute; the cluster is in its `data`). */
export type Place = { account: Account | null; distribution: Distribution; home: string };
export type Running = { guard: ChildProcess; postmaster: number; exited: Promise<void> };

/**
 * The folder as the server's account reaches it. Its parents may be closed to that account (a clone under /root), so
 * it is handed over as an open descriptor: following /proc/self/fd needs no right on the folders above.
 */
function reachable(place: Place) {
  if (!place.account) return { folder: place.home, stdio: [] as number[], close: () => {} };
  const descriptor = openSync(place.home, "r");
  return { folder: "/proc/self/fd/3", stdio: [descriptor], close: () => closeSync(descriptor) };
}

function spawnOptions(place: Place) {
  const env = {
    LC_ALL: "C",
    TZ: "UTC",
    NODE_ENV: "production" as const,
    LD_LIBRARY_PATH: path.join(place.distribution.folder, "lib"),
  };
  return { env, cwd: "/", ...(place.account ?? {}) };
}

/** Makes an empty cluster in the folder, with the password that lies there. `lasting`: on the disk before it returns. */
export async function initialise(place: Place, { lasting }: { lasting: boolean }) {
  const { folder, stdio, close } = reachable(place);
  const child = spawn(
    place.distribution.initdb,
    [
      `--pgdata=${folder}/data`,
      `--pwfile=${folder}/password`,
      "--auth=scram-sha-256",
      "--username=postgres",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(lasting ? [] : ["--no-sync"]),
    ],
    { ...spawnOptions(place), stdio: ["ignore", "pipe", "pipe", ...stdio] },
  );
  close();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0) throw new Error(`Postgres could not initialise ${place.home}:\n${output}`);
}

/** Runs the server, and stops it when standard input ends: that is when the process that started it has ended. */
const guardScript = `
exec 5<&0
"$@" 5<&- </dev/null &
server=$!
echo "$server"
( cat <&5 >/dev/null; kill -INT "$server" ) >/dev/null 2>&1 &
watcher=$!
trap '' INT TERM HUP
wait "$server"
kill "$watcher" 2>/dev/null
`;

/** Starts the server and waits until it takes connections. */
export async function launch(
  place: Place,
  port: number,
  extra: Record<string, string>,
  onLog: (line: string) => void,
): Promise<Running> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "128MB",
    timezone: "UTC",
    log_timezone: "UTC",
    ...extra,
  };
  const { folder, stdio, close } = reachable(place);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const guard = spawn(
    "/bin/sh",
    ["-c", guardScript, "postgres", place.distribution.postgres, "-D", `${folder}/data`, ...flags],
    {
      ...spawnOptions(place),
      detached: true,
      stdio: ["pipe", "pipe", "pipe", ...stdio],
    },
  );
  close();
  // Its watcher reads standard input until that ends.
  guard.once("exit", () => guard.stdin?.destroy());
  const exited = new Promise<void>((resolve) => guard.once("close", () => resolve()));
  const log: string[] = [];
  let postmaster = 0;
  createInterface({ input: guard.stdout! }).once("line", (line) => {
    postmaster = Number(line);
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Postgres ${why}:\n${log.slice(-20).join("\n")}`));
    const timer = setTimeout(
      () => fail(`did not start within ${startTimeoutSeconds} s`),
      startTimeoutSeconds * 1000,
    );
    void exited.then(() => fail("ended while starting")).finally(() => clearTimeout(timer));
    guard.once("error", reject);
    createInterface({ input: guard.stderr! }).on("line", (line) => {
      if (log.push(line) > 50) log.shift();
      onLog(line);
      if (line.includes("database system is ready to accept connections")) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
  return { guard, postmaster, exited };
}

/** Stops the server, harder when it takes too long. Does nothing when it has ended. */
export async function endServer(running: Running, signal: "SIGINT" | "SIGQUIT") {
  if (running.guard.exitCode === null) signalProcess(running.postmaster, signal);
  const timer = setTimeout(() => signalProcess(running.postmaster, "SIGQUIT"), stopTimeoutSeconds * 1000);
  await running.exited;
  clearTimeout(timer);
}

/** @returns whether there is such a process. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
