import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import {
  type Account,
  type Distribution,
  postgresDistribution,
  serverAccount,
} from "#lib/infra/postgres-binaries.ts";

const databaseName = "tablewright";
const stopTimeoutSeconds = 8;
const startTimeoutSeconds = 120;

type Options = {
  /** Folder of this server's own, made if missing; its owner only may enter it. One running server per folder. */
  dataDir: string;
  /** Default: a free one. */
  port?: number;
  /** Extra server settings, e.g. `{ fsync: "off" }` for a throw-away server. */
  settings?: Record<string, string>;
  /** Gets each line of the server's log. */
  onLog?: (line: string) => void;
};

export type Postgres = {
  /** Connection string of the database `tablewright`, with the password in it. */
  url: string;
  port: number;
  /** Process id of the running postmaster. */
  pid: () => number;
  /** Fast shutdown: open transactions are rolled back, everything is flushed. At most 10 s. */
  stop: () => Promise<void>;
  /** Stops as a crash would, without flushing: the next start recovers from the write-ahead log. */
  stopImmediate: () => Promise<void>;
  /** Starts again on the same port, stopping it first if it runs. */
  restart: () => Promise<void>;
  /** Called when the server ends without having been asked to, with the end of its log. */
  onUnexpectedExit: (listener: (logTail: string) => void) => void;
};

type Place = { account: Account | null; distribution: Distribution; home: string };
type Running = { guard: ChildProcess; postmaster: number; exited: Promise<void> };

/**
 * Starts a Postgres server of its own on loopback, from binaries that npm installed; initialises the folder first if
 * it is new, and takes over from a server that was killed there. It ends with this process, even if that is killed.
 * The caller makes sure that nobody else uses `dataDir`.
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function startPostgres(options: Options): Promise<Postgres> {
  const account = serverAccount();
  const place = { account, distribution: postgresDistribution(account), home: path.resolve(options.dataDir) };
  const password = await prepareFolder(place);
  await stopLeftover(path.join(place.home, "data"));

  let listener: (logTail: string) => void = () => {};
  let asked = false;
  let port = options.port ?? (await freePort());
  let running: Running;
  const run = async () => {
    const tail: string[] = [];
    running = await launch(place, port, options.settings ?? {}, (line) => {
      if (tail.push(line) > 30) tail.shift();
      options.onLog?.(line);
    });
    asked = false;
    void running.exited.then(() => {
      if (!asked) listener(tail.join("\n"));
    });
  };
  const end = async (signal: "SIGINT" | "SIGQUIT") => {
    asked = true;
    await endServer(running, signal);
  };
  try {
    await run();
  } catch (error) {
    // Somebody took the free port between our asking and our using it.
    if (options.port !== undefined || !String(error).includes("could not bind")) throw error;
    port = await freePort();
    await run();
  }
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await createDatabase(url("postgres"));
  return {
    url: url(databaseName),
    port,
    pid: () => running.postmaster,
    stop: () => end("SIGINT"),
    stopImmediate: () => end("SIGQUIT"),
    restart: async () => {
      await end("SIGINT");
      await run();
    },
    onUnexpectedExit: (given) => {
      listener = given;
    },
  };
}

/** @returns a TCP port of 127.0.0.1 that is free now; nothing holds it, so use it at once. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Makes the folder and the cluster in it, once; returns the superuser's password, which is kept in the folder. */
async function prepareFolder(place: Place): Promise<string> {
  mkdirSync(place.home, { recursive: true, mode: 0o700 });
  chmodSync(place.home, 0o700);
  const passwordFile = path.join(place.home, "password");
  if (!existsSync(path.join(place.home, "data/PG_VERSION.ready"))) {
    rmSync(path.join(place.home, "data"), { recursive: true, force: true });
    writeFileSync(passwordFile, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
    if (place.account) {
      chownSync(place.home, place.account.uid, place.account.gid);
      chownSync(passwordFile, place.account.uid, place.account.gid);
    }
    await initialise(place);
    writeFileSync(path.join(place.home, "data/PG_VERSION.ready"), "");
  }
  return readFileSync(passwordFile, "utf8").trim();
}

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
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    LC_ALL: "C",
    TZ: "UTC",
    NODE_ENV: "production" as const,
    LD_LIBRARY_PATH: path.join(place.distribution.folder, "lib"),
  };
  return { env, cwd: "/", ...(place.account ?? {}) };
}

async function initialise(place: Place) {
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

async function launch(
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

async function endServer(running: Running, signal: "SIGINT" | "SIGQUIT") {
  if (running.guard.exitCode === null) signalProcess(running.postmaster, signal);
  const timer = setTimeout(() => signalProcess(running.postmaster, "SIGQUIT"), stopTimeoutSeconds * 1000);
  await running.exited;
  clearTimeout(timer);
}

function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ends a server that outlived a killed parent, and forgets a process id that belongs to somebody else by now. */
async function stopLeftover(dataFolder: string) {
  const pidFile = path.join(dataFolder, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const giveUpAt = Date.now() + stopTimeoutSeconds * 1000;
  while (isServerOf(pid, dataFolder)) {
    signalProcess(pid, Date.now() < giveUpAt ? "SIGINT" : "SIGQUIT");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  rmSync(pidFile, { force: true });
}

function isServerOf(pid: number, dataFolder: string): boolean {
  if (!(pid > 0) || !signalProcess(pid, 0)) return false;
  // Postgres works inside its data folder. Without /proc we trust the pid file, as Postgres itself does.
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder);
  } catch {
    return false;
  }
}

async function createDatabase(adminUrl: string) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
