import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";

/** One folder of prisma/migrations; `checksum` is the SHA-256 of its SQL in hex. */
export type Migration = { name: string; sql: string; checksum: string };

/** The number Prisma's own `migrate` locks too, so that the two never run at once. */
const advisoryLock = 72707369;
const turnTimeoutSeconds = 120;
/** A migration that cannot get a table's lock gives up rather than hold up everyone who queues behind it. */
const lockTimeoutSeconds = 10;

/** Prisma's own table, so that its tools understand a database of ours. */
const bookkeeping = `
create table if not exists _prisma_migrations (
  id varchar(36) primary key,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/** @returns the migrations in the order they are applied: by name, which begins with a timestamp. */
export function readMigrations(folder = path.resolve("prisma/migrations")): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings a database up to date. Each migration runs in one transaction with its entry in the books: it is applied as
 * a whole or not at all (one that begins with `-- no transaction` is sent statement by statement, for
 * `create index concurrently`). Any number of processes may call this at once: they take turns.
 * @returns the names applied now.
 * @throws Error that names the migration and what Postgres said.
 */
export async function migrate(databaseUrl: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "tablewright migrate" });
  client.on("error", () => {});
  await client.connect().catch((error: Error) => {
    const why = error.message || "no connection";
    throw new Error(
      `The database of DATABASE_URL cannot be used: ${why}. Is it running, and is the address right?`,
      {
        cause: error,
      },
    );
  });
  try {
    await takeTurn(client);
    await client.query(bookkeeping);
    const pending = pendingOf(migrations, await appliedChecksums(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * @param applied checksum by name, as recorded in the database.
 * @returns what is still to be applied. Entries that the folder does not know are a newer release's, and are left alone.
 * @throws Error when a migration was edited after it was applied.
 */
export function pendingOf(migrations: Migration[], applied: Map<string, string>): Migration[] {
  const edited = migrations.filter(
    ({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum,
  );
  if (edited.length > 0) {
    throw new Error(
      `The migration ${edited[0]?.name} was edited after it was applied to this database. Undo the edit and make a new migration for the change (npm run make-migration), or start with an empty database.`,
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function takeTurn(client: pg.Client) {
  await client.query(`set lock_timeout = '${turnTimeoutSeconds}s'`);
  try {
    await client.query("select pg_advisory_lock($1)", [advisoryLock]);
  } catch (error) {
    throw new Error(
      `Another process has been migrating this database for ${turnTimeoutSeconds} s. Try again when it is done.`,
      {
        cause: error,
      },
    );
  }
  await client.query(`set lock_timeout = '${lockTimeoutSeconds}s'`);
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  const statements = sql.startsWith("-- no transaction")
    ? sql.split(/;\s*$/m).filter((part) => part.trim())
    : null;
  try {
    if (!statements) await client.query("begin");
    for (const statement of statements ?? [sql]) await client.query(statement);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    );
    if (!statements) await client.query("commit");
  } catch (error) {
    if (!statements) await client.query("rollback").catch(() => {});
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The migration ${name} failed: ${why}. ${statements ? "Part of it may be applied" : "Nothing of it was applied"}.`,
      {
        cause: error,
      },
    );
  }
}
