import { db } from "./db.ts";
import { readMigrations } from "./migrations.ts";

/** Why this process cannot serve yet: no database, or migrations it brings are not applied. Null when it can. */
export async function checkReadiness(): Promise<string | null> {
  try {
    const rows = await db().$queryRaw<{ migration_name: string }[]>`
      select migration_name from _prisma_migrations where finished_at is not null`;
    const applied = new Set(rows.map((row) => row.migration_name));
    const missing = readMigrations().find((migration) => !applied.has(migration.name));
    return missing ? `The migration ${missing.name} is not applied; run npm run migrate` : null;
  } catch {
    return "The database does not answer";
  }
}
