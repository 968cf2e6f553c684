/** npm run migrate: applies the pending migrations to DATABASE_URL. Safe to run from several places at once. */
import { env } from "#lib/infra/env.ts";
import { migrate } from "#lib/infra/migrations.ts";

try {
  const applied = await migrate(env.databaseUrl);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
