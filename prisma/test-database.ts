import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { TestProject } from "vitest/node";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { closeDb } from "#lib/infra/db.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { closeQueue } from "#lib/infra/queue.ts";

const template = "tablewright_template";
const serverVariable = "TABLEWRIGHT_TEST_SERVER";

/** Vitest's global set-up: one throw-away Postgres for the whole run, with a migrated database to copy from. */
export default async function setup(_project: TestProject) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "tablewright-test-"));
  const postgres = await startPostgres({
    dataDir,
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      unix_socket_directories: dataDir,
    },
  });
  // Tests talk to Postgres most of the time, and a socket costs both ends a quarter less than TCP.
  const url = postgres.url.replace("127.0.0.1", encodeURIComponent(dataDir));
  await query(url, `create database ${template}`);
  await prepareDatabase(withDatabase(url, template));
  // The test processes are started after this and inherit it.
  process.env[serverVariable] = url;
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** @returns a migrated, empty database of the test run's own Postgres. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[serverVariable];
  if (!server)
    throw new Error(
      "There is no test Postgres: run tests with vitest and the repository's vitest.config.ts.",
    );
  const name = `test_${randomBytes(6).toString("hex")}`;
  await query(server, `create database ${name} template ${template}`);
  return {
    url: withDatabase(server, name),
    drop: async () => void (await query(server, `drop database ${name} with (force)`)),
  };
}

/**
 * Called at the top of a test file: gives all its tests one empty, migrated database, which `db()` and
 * `env.databaseUrl` lead to. Dropped after the last test.
 */
export function useTestDatabase() {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    process.env.DATABASE_URL = database.url;
  });
  afterAll(async () => {
    await closeQueue();
    await closeDb();
    await database?.drop();
  });
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs one statement on a connection of its own, outside of `db()`; answers its rows. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
