import { readFileSync } from "node:fs";
import { PgBoss } from "pg-boss";
import { beforeAll, expect, test } from "vitest";
import { sealAudit } from "#lib/audit/seal-store.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { checkReadiness } from "#lib/infra/readiness.ts";
import { aTable, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { query, useTestDatabase } from "#prisma/test-database.ts";
import { requestIn, useWorker } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();
beforeAll(async () => {
  await query(env.databaseUrl, readFileSync("deploy/database-role.sql", "utf8"));
  await query(env.databaseUrl, "alter role tablewright_app password 'of a test'");
  const limited = new URL(env.databaseUrl);
  Object.assign(limited, { username: "tablewright_app", password: "of a test" });
  process.env.DATABASE_URL = limited.href;
});
const running = useWorker();

test("the role of deploy/database-role.sql is enough for web servers and workers", async () => {
  const tables = { orders: aTable() };
  const id = await makeRequest(running.dana, { environment: "dev", tables });
  expect((await requestIn(running.dana, id, ["completed", "failed"])).state).toBe("completed");
  expect(await checkReadiness()).toBeNull();
});

test("the queue can be looked after in that role", async () => {
  const failed: unknown[] = [];
  const boss = new PgBoss({ connectionString: env.databaseUrl, migrate: false, createSchema: false, max: 2 });
  boss.on("error", (error) => failed.push(error));
  await boss.start();
  await boss.supervise();
  await boss.stop({ graceful: false });
  expect(failed).toEqual([]);
});

test("that role is enough to seal the audit", async () => {
  await sealAudit();
  expect(await verifyAudit()).toMatchObject({ events: await db().auditEvent.count(), problem: null });
});

test.each([
  ["change what the audit says", "update audit_event set event = 'x'", /permission denied/],
  ["forget what the audit says", "delete from audit_event", /permission denied/],
  ["empty the audit", "truncate audit_event", /permission denied/],
  ["switch the audit's guard off", "alter table audit_event disable trigger all", /must be owner/],
  ["change a seal of the audit", "update audit_seal set hash = 'x'", /permission denied/],
  ["forget a seal of the audit", "delete from audit_seal", /permission denied/],
  ["empty the seals of the audit", "truncate audit_seal", /permission denied/],
  ["switch the seals' guard off", "alter table audit_seal disable trigger all", /must be owner/],
  ["pass the guards by", "set session_replication_role = replica", /permission denied/],
  ["take a table away", "drop table session", /must be owner/],
  ["make a table", "create table public.more (id int)", /permission denied/],
  ["claim that a migration was applied", "delete from _prisma_migrations", /permission denied/],
])("that role cannot %s", async (_what, sql, refusal) => {
  await expect(query(env.databaseUrl, sql)).rejects.toThrow(refusal);
});
