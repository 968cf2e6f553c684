import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import pg from "pg";
import { freePort } from "#lib/infra/free-port.ts";
import { postgresDistribution, serverAccount } from "#lib/infra/postgres-binaries.ts";
import {
  endServer,
  initialise,
  launch,
  type Place,
  type Running,
  signalProcess,
  stopTimeoutSeconds,
} from "#lib/infra/postgres-server.ts";

const databaseName = "tablewright";

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

/**
 * Starts a Postgres server of its own on loopback, from binaries that npm installed; initialises the folder first if
 * it is new, and takes over from a server that was killed there. It ends with this process, even if that is killed.
 * The caller makes sure that nobody else uses `dataDir`.
 * @throws Error with the end of the server's log when it does not come up.
 */
export async function startPostgres(options: Options): Promise<Postgres> {
  const account = serverAccount();
  const place = { account, distribution: postgresDistribution(account), home: path.resolve(options.dataDir) };
  const password = await prepareFolder(place, options.settings?.fsync !== "off");
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

/** Makes the folder and the cluster in it, once; returns the superuser's password, which is kept in the folder. */
async function prepareFolder(place: Place, lasting: boolean): Promise<string> {
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
    await initialise(place, { lasting });
    writeFileSync(path.join(place.home, "data/PG_VERSION.ready"), "");
  }
  return readFileSync(passwordFile, "utf8").trim();
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
