import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BootRefusal } from "./boot.ts";

/**
 * Makes this process the only one that runs on a data folder.
 * @returns a function that gives the folder free.
 * @throws BootRefusal when a living process has it; a lock whose process is gone is taken over.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, "running");
  for (let attempt = 1; ; attempt++) {
    try {
      writeFileSync(file, identity(process.pid) ?? "", { flag: "wx", mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
    }
    const held = readFileSync(file, "utf8");
    const pid = Number(held.split(" ")[0]);
    if (held && identity(pid) === held) {
      throw new BootRefusal(
        `Tablewright already runs on ${folder} (process ${pid}). Stop it first, or set TABLEWRIGHT_DATA to another folder for a second one.`,
      );
    }
    rmSync(file, { force: true });
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
