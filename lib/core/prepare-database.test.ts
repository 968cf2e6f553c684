import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { jobs } from "./job.ts";
import { prepareDatabase } from "./prepare-database.ts";

test("several processes may prepare one database at once, and again later", async () => {
  const { url, drop } = await createTestDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("drop schema pgboss cascade");
  await Promise.all([prepareDatabase(url), prepareDatabase(url), prepareDatabase(url)]);
  expect(await prepareDatabase(url)).toEqual([]);
  const { rows } = await client.query<{ name: string }>("select name from pgboss.queue");
  expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(Object.keys(jobs)));
  await client.end();
  await drop();
});
