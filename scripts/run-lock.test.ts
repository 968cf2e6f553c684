import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTurn, lockFolder } from "./run-lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a data folder has one living installation", () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`Tablewright already runs on ${folder} (process ${process.pid})`);
  release();
  lockFolder(folder)();
});

test("the lock of a process that was killed is taken over", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  lockFolder(folder)();
  const release = lockFolder(folder);
  const ours = readFileSync(path.join(folder, "running"), "utf8");
  writeFileSync(path.join(folder, "running"), ours.replace(/^\d+/, String(child.pid)));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
  lockFolder(folder)();
  release();
});

test("a lock whose process id belongs to another process by now is taken over", () => {
  lockFolder(folder);
  const file = path.join(folder, "running");
  writeFileSync(file, `${readFileSync(file, "utf8")}0`);
  lockFolder(folder)();
});

test("what is done in turn is never done by two at once, and a failure gives the turn on", async () => {
  const file = path.join(folder, "turn");
  let inside = 0;
  const turns = Array.from({ length: 3 }, (_, index) =>
    inTurn(file, async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      if (index === 0) throw new Error("broken");
      return index;
    }).catch((error: Error) => error.message),
  );
  expect(await Promise.all(turns)).toEqual(["broken", 1, 2]);
});
