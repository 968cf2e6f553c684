/** npm run migrate: applies the pending migrations to DATABASE_URL. Safe to run from several places at once. */

import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { env } from "#lib/infra/env.ts";

try {
  const applied = await prepareDatabase(env.databaseUrl);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
