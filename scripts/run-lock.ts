import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BootRefusal } from "./boot.ts";

/**
 * Makes this process the only one that runs on a data folder.
 * @returns a function that gives the folder free.
 * @throws BootRefusal when a living process has it; a lock whose process is gone is taken over.
 */
export function lockFolder(folder: string): () => void {
  const lock = takeLock(path.join(folder, "running"));
  if (lock.taken) return lock.release;
  throw new BootRefusal(
    `Tablewright already runs on ${folder} (process ${lock.holder}). Stop it first, or set TABLEWRIGHT_DATA to another folder for a second one.`,
  );
}

/** Does `work` while no other process on this machine holds `file`; waits for its turn. */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = takeLock(file);
    if (lock.taken) return work().finally(lock.release);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

type Lock = { taken: true; release: () => void } | { taken: false; holder: number };

/** A file that names the process which holds it; one whose process is gone is taken over. */
function takeLock(file: string): Lock {
  for (let attempt = 1; ; attempt++) {
    if (create(file)) return { taken: true, release: () => rmSync(file, { force: true }) };
    const held = readIfThere(file);
    if (held === null) continue;
    const pid = Number(held.split(" ")[0]);
    if (identity(pid) === held) return { taken: false, holder: pid };
    if (attempt > 3) throw new BootRefusal(`The lock ${file} cannot be taken. Delete it and try again.`);
    rmSync(file, { force: true });
  }
}

/** False when it is there already. Nobody ever sees it without its content. */
function create(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, identity(process.pid) ?? "", { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
}

/** Process id and start time: a recycled id is another process. Null when there is none. */
function identity(pid: number): string | null {
  if (!(pid > 0)) return null;
  try {
    if (process.platform === "linux") {
      // The name in brackets may hold spaces; the start time is the 20th field after it (proc(5): starttime).
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return fields[0] === "Z" ? null : `${pid} ${fields[19]}`;
    }
    return `${pid} ${execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim()}`;
  } catch {
    return null;
  }
}
