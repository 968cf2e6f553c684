/**
 * npm run make-migration NAME: writes prisma/migrations/<timestamp>_<name>/migration.sql, which takes the database from
 * the schema of the latest migration (its schema.prisma, kept beside its SQL) to prisma/schema.prisma. Append by hand
 * what Prisma cannot express. No database of yours is read or changed.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { type DiffTarget, SchemaEngine } from "@prisma/schema-engine-wasm";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { readMigrations } from "#lib/infra/migrations.ts";

const folder = path.resolve("prisma/migrations");
const name = process.argv[2]?.toLowerCase().replace(/[^a-z0-9]+/g, "_");
if (!name) {
  console.error("Name the migration: npm run make-migration add_labels");
  process.exit(2);
}

const schemaOf = (file: string): DiffTarget => ({
  tag: "schemaDatamodel",
  files: [{ path: "schema.prisma", content: readFileSync(file, "utf8") }],
});
const latest = readMigrations(folder).at(-1);
const from: DiffTarget = latest
  ? schemaOf(path.join(folder, latest.name, "schema.prisma"))
  : { tag: "empty" };
const sql = await difference(from, schemaOf("prisma/schema.prisma"));
if (!sql) {
  console.log("prisma/schema.prisma says what the latest migration says: nothing to do.");
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const target = path.join(folder, `${stamp}_${name}`);
mkdirSync(target, { recursive: true });
writeFileSync(path.join(target, "migration.sql"), sql);
writeFileSync(path.join(target, "schema.prisma"), readFileSync("prisma/schema.prisma"));
console.log(path.relative(".", path.join(target, "migration.sql")));

/** The engine compares two schema files, but wants to be connected to a server to know its dialect. */
async function difference(from: DiffTarget, to: DiffTarget): Promise<string | null> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "tablewright-"));
  const postgres = await startPostgres({ dataDir: scratch, settings: { fsync: "off" } });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: postgres.url }));
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    const filters = { externalTables: [], externalEnums: [] };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters });
    return stdout?.includes("This is an empty migration") ? null : stdout;
  } finally {
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
