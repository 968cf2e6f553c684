import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createTestDatabase, query } from "#prisma/test-database.ts";
import { type Migration, migrate, pendingOf, readMigrations } from "./migrations.ts";

const extra = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
});

test("several processes may migrate at once: each migration is applied by exactly one of them", async () => {
  const { url, drop } = await createTestDatabase();
  const all = [
    ...readMigrations(),
    extra("9001_a", "create table a (x int)"),
    extra("9002_b", "create table b (x int)"),
  ];
  const applied = await Promise.all([migrate(url, all), migrate(url, all), migrate(url, all)]);
  expect(applied.flat()).toEqual(["9001_a", "9002_b"]);
  await drop();
});

test("a migration that fails names itself, leaves nothing behind and can be tried again", async () => {
  const { url, drop } = await createTestDatabase();
  const bad = extra("9001_bad", "create table half (x int); select * from nowhere");
  await expect(migrate(url, [bad])).rejects.toThrow(/9001_bad failed: relation "nowhere" does not exist/);
  expect(await query(url, "select to_regclass('half') as found")).toEqual([{ found: null }]);
  expect(await migrate(url, [extra("9001_bad", "create table half (x int)")])).toEqual(["9001_bad"]);
  await drop();
});

test("an index can be made concurrently, outside a transaction", async () => {
  const { url, drop } = await createTestDatabase();
  const sql =
    '-- no transaction\ncreate index concurrently extra_a on "table" (key);\ncreate index concurrently extra_b on "table" (state);\n';
  expect(await migrate(url, [extra("9001_indexes", sql)])).toEqual(["9001_indexes"]);
  await drop();
});

test("an edited migration is refused, an entry of a newer release is left alone", () => {
  const known = extra("1_first", "select 1");
  expect(() => pendingOf([known], new Map([["1_first", "other"]]))).toThrow(
    /1_first was edited after it was applied/,
  );
  expect(pendingOf([known], new Map([["2_newer", "x"]]))).toEqual([known]);
});

test("the audit log only grows, and so do its seals", async () => {
  const { url, drop } = await createTestDatabase();
  for (const table of ["audit_event", "audit_seal"])
    for (const sql of [`update ${table} set id = 1`, `delete from ${table}`, `truncate ${table}`])
      await expect(query(url, sql.replace("audit_seal set id", "audit_seal set seq"))).rejects.toThrow(
        `${table} only grows`,
      );
  await drop();
});

test("a database that cannot be reached is told apart from a migration that failed", async () => {
  await expect(migrate("postgresql://nobody@127.0.0.1:1/none")).rejects.toThrow(
    "The database of DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1. Is it running, and is the address right?",
  );
});
