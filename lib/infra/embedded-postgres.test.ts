import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { query } from "#prisma/test-database.ts";
import { type Postgres, startPostgres } from "./embedded-postgres.ts";

const settings = { fsync: "off" };
let parent: string;
let postgres: Postgres | undefined;
beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), "tablewright-postgres-"));
});
afterEach(async () => {
  await postgres?.stop();
  rmSync(parent, { recursive: true, force: true });
});

test("works in a folder that only its owner can enter, and lets only its owner in", async () => {
  const dataDir = path.join(parent, "closed", "postgres");
  mkdirSync(path.join(parent, "closed"), { mode: 0o700 });
  postgres = await startPostgres({ dataDir, settings });
  expect(await query(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(dataDir, "password")).mode & 0o777).toBe(0o600);
  await expect(query(postgres.url.replace(/:[0-9a-f]{48}@/, ":wrong@"), "select 1")).rejects.toThrow(
    /password authentication/,
  );
});

test("what was committed is there after a crash, at the same address", async () => {
  postgres = await startPostgres({ dataDir: path.join(parent, "postgres") });
  await query(postgres.url, "create table kept (x int)");
  await query(postgres.url, "insert into kept values (7)");
  await postgres.stopImmediate();
  await postgres.restart();
  expect(await query(postgres.url, "select x from kept")).toEqual([{ x: 7 }]);
});

test("a process id left behind by a killed server, and somebody else's by now, does not keep it from starting", async () => {
  const dataDir = path.join(parent, "postgres");
  postgres = await startPostgres({ dataDir, settings });
  await postgres.stop();
  writeFileSync(path.join(dataDir, "data/postmaster.pid"), `${process.ppid}\n${dataDir}/data\n`);
  postgres = await startPostgres({ dataDir, settings });
  expect(await query(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("two servers take over nothing from each other and get ports of their own", async () => {
  postgres = await startPostgres({ dataDir: path.join(parent, "a"), settings });
  const other = await startPostgres({ dataDir: path.join(parent, "b"), settings });
  expect(other.port).not.toBe(postgres.port);
  await other.stop();
  expect(await query(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
});
