import { migrate } from "#lib/infra/migrations.ts";
import { installQueue } from "#lib/infra/queue.ts";
import { jobs } from "./job.ts";

/**
 * All that a database needs before a web or worker process may use it: the migrations, and the queue with one
 * entry a job. Any number of processes may call this at once.
 * @returns the names of the migrations applied now.
 * @throws Error that names the migration which failed, and what Postgres said.
 */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await migrate(databaseUrl);
  await installQueue(databaseUrl, Object.keys(jobs));
  return applied;
}
