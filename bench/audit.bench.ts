/** A million lines of the audit: sealed from nothing, a round that finds nothing to seal, verified, listed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { listAudit } from "#lib/audit/queries.ts";
import { sealAudit } from "#lib/audit/seal-store.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { closeDb, db } from "#lib/infra/db.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { makeActor } from "#prisma/factories.ts";
import { percentile, printTable } from "./report.ts";

const events = 1_000_000;
const runs = 30;
const targets = { sealedPerSecond: 20_000, idleMs: 5, listMs: 50 };

const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-bench-"));
const postgres = await startPostgres({ dataDir: path.join(folder, "postgres") });
process.env.DATABASE_URL = postgres.url;
process.env.TABLEWRIGHT_CONFIG = path.join(folder, "tablewright.yaml");
writeFileSync(
  process.env.TABLEWRIGHT_CONFIG,
  `name: Bench
projects: { shop: { developers: [shop-devs] } }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: "http://127.0.0.1:9" } }
approvals: [{ id: default, require: [{ group: platform, count: 1 }] }]
`,
);

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
const lists = {
  "the latest": {},
  "a day a year ago": { since: day(365), until: day(364) },
  "a rare event": { event: "request.reject" },
  "a rare event, a year ago": { event: "request.reject", until: day(365) },
  "search of a name": { q: "requester 5" },
  "one person": { actor: "requester-5@example.com" },
  "one request": { request_id: "c4ca4238-a0b9-2382-0dcc-509a6f75849b" },
};

try {
  await prepareDatabase(postgres.url);
  const rows: string[][] = [["", "measured", "target"]];
  await insertEvents();
  const sealed = await seconds(() => sealAudit());
  const rate = Math.round(events / sealed);
  rows.push(["sealed a second, from nothing", String(rate), `≥ ${targets.sealedPerSecond}`]);
  const idle = await medianMs(() => sealAudit());
  rows.push(["a round that finds nothing, ms", idle, `≤ ${targets.idleMs}`]);
  rows.push([
    "a look at everything, s",
    (await seconds(() => sealAudit({ everything: true }))).toFixed(1),
    "",
  ]);
  rows.push(["verified, s", (await seconds(() => verifyAudit())).toFixed(1), ""]);
  const pat = await makeActor("platform");
  let slowest = 0;
  for (const [name, filters] of Object.entries(lists)) {
    const took = await medianMs(() => listAudit(pat, filters));
    slowest = Math.max(slowest, Number(took));
    rows.push([`list: ${name}, ms`, took, `≤ ${targets.listMs}`]);
  }
  printTable("The audit, 1,000,000 events", rows);
  const met = rate >= targets.sealedPerSecond && Number(idle) <= targets.idleMs && slowest <= targets.listMs;
  if (!met) process.exitCode = 1;
} finally {
  await closeDb();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One event a minute over two years, of a thousand people and a hundred thousand requests. No statistics are made. */
async function insertEvents() {
  await db().$executeRaw`
    insert into "user" (id, name, email, groups, "updatedAt")
    select 'many-' || n, 'Requester ' || n, 'requester-' || n || '@example.com', '{shop-devs}', now()
    from generate_series(0, 999) n`;
  await db().$executeRaw`
    insert into audit_event (at, "actorKind", "actorId", "actorName", event, "subjectType", "subjectId", "requestId", data)
    select now() - make_interval(mins => ${events}::int - n), 'user', 'many-' || n % 1000, 'Requester ' || n % 1000,
      case when n % 1000 = 7 then 'request.reject' else 'request.comment' end, 'request', r::text, r, '{"group": "platform"}'
    from generate_series(1, ${events}::int) n, lateral (select md5((n % 100000)::text)::uuid as r) request`;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function medianMs(work: () => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let run = 0; run < runs; run++) took.push((await seconds(work)) * 1000);
  return percentile(took, 50).toFixed(1);
}
