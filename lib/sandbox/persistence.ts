import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** Lines a journal may hold beyond four per living entry before it is written anew. */
const spareLines = 2_000;

/** A string-keyed store of JSON values: `set` with undefined removes. */
export type Journal = {
  /** What the file held when it was opened, by key. */
  readonly entries: ReadonlyMap<string, unknown>;
  set(key: string, value: unknown): void;
  close(): void;
};

/**
 * Opens (or, without a path, imitates) a journal: one JSON line `[key, value]` per change, appended before the change
 * is answered, so a killed process loses nothing it has answered. A line that was cut off is ignored.
 * The file is written anew (to a temporary file, then renamed) at every opening and when it has grown long.
 * @throws Error when the file exists and is not a journal, so that nothing else is ever overwritten
 */
export function openJournal(path: string | undefined): Journal {
  const entries = path !== undefined && existsSync(path) ? readJournal(path) : new Map<string, unknown>();
  if (path === undefined) {
    return { entries, set: (key, value) => remember(entries, key, value), close: () => {} };
  }
  let file = rewrite(path, entries);
  let lines = entries.size;
  let closed = false;
  return {
    entries,
    set(key, value) {
      if (closed) throw new Error(`${path} is closed`);
      remember(entries, key, value);
      writeSync(file, `${JSON.stringify(value === undefined ? [key] : [key, value])}\n`);
      lines += 1;
      if (lines > entries.size * 4 + spareLines) {
        closeSync(file);
        file = rewrite(path, entries);
        lines = entries.size;
      }
    },
    close: () => {
      if (closed) return;
      closed = true;
      fsyncSync(file);
      closeSync(file);
    },
  };
}

function remember(entries: Map<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
}

function readJournal(path: string): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  const lines = readFileSync(path, "utf8").split("\n");
  for (const [position, line] of lines.entries()) {
    if (line === "") continue;
    try {
      const [key, value] = JSON.parse(line) as [string, unknown];
      if (typeof key !== "string") throw new SyntaxError("no key");
      remember(entries, key, value);
    } catch (cause) {
      // Only the very last line can have been cut off by a kill.
      if (position === lines.length - 1) break;
      throw new Error(
        `${path}, line ${position + 1}: not a line of a sandbox state file. Move the file away or name another.`,
        { cause },
      );
    }
  }
  return entries;
}

/** Writes all entries to a temporary file, puts it in the place of the old one and leaves it open for appending. */
function rewrite(path: string, entries: ReadonlyMap<string, unknown>): number {
  const temporary = `${path}.${process.pid}.new`;
  const file = openSync(temporary, "w", 0o600);
  writeSync(file, [...entries].map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  fsyncSync(file);
  renameSync(temporary, path);
  return file;
}
