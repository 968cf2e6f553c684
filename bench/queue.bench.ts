/** The approvers' queue with a thousand and with a hundred thousand requests: its statements, its searches, its page. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { UserActor } from "#lib/core/actor.ts";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { getConfig } from "#lib/infra/config.ts";
import { closeDb, db } from "#lib/infra/db.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { freePort } from "#lib/infra/free-port.ts";
import { closeQueue } from "#lib/infra/queue.ts";
import { actorOf } from "#lib/people/actor.ts";
import { startSession } from "#lib/people/session-store.ts";
import { listApprovalQueue, listWaiting } from "#lib/requests/queue-queries.ts";
import { queueIdsSql } from "#lib/requests/queue-store.ts";
import { makePerson } from "#prisma/factories.ts";
import { insertManyRequests } from "#prisma/many-requests.ts";
import { percentile, printTable } from "./report.ts";

const few = 1_000;
const many = 100_000;
const connections = 10;
const runs = 300;
const targets = { listMs: 5, searchMs: 50, pageRatio: 1.3 };

const configuration = `
name: Bench
projects: { shop: { developers: [shop-devs] }, billing: { developers: [billing-devs] } }
environments:
  prod: { account: "000000000000", region: us-east-1, endpoint: "http://127.0.0.1:9" }
approvals:
  - { id: default, require: [{ group: platform, count: 2 }, { group: security, count: 1 }] }
`;

const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-bench-"));
const postgres = await startPostgres({ dataDir: path.join(folder, "postgres") });
const port = await freePort();
Object.assign(process.env, {
  DATABASE_URL: postgres.url,
  TABLEWRIGHT_CONFIG: path.join(folder, "tablewright.yaml"),
  TABLEWRIGHT_SECRET: "a secret of the bench, long enough",
  TABLEWRIGHT_DEMO: "0",
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
});
writeFileSync(process.env.TABLEWRIGHT_CONFIG!, configuration);
await prepareDatabase(postgres.url);

try {
  const pat = actorOf(await makePerson({ groups: ["platform"], name: "Pat" }), getConfig(), null);
  const sam = actorOf(await makePerson({ groups: ["security"], name: "Sam" }), getConfig(), null);
  const web = spawn(process.execPath, ["scripts/web.ts"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port) },
  });
  try {
    await answers(`http://127.0.0.1:${port}/health/ready`);
    const secret = await db().$transaction((tx) =>
      startSession(tx, pat.id, {
        method: "oidc",
        idToken: null,
        address: null,
        userAgent: null,
        former: null,
      }),
    );
    await insertManyRequests(few, { waitingEach: 5 });
    const before = await measure(pat, sam, secret);
    await insertManyRequests(many - few, { waitingEach: 5, after: few });
    const after = await measure(pat, sam, secret);
    report(before, after);
  } finally {
    const gone = new Promise((resolve) => web.once("exit", resolve));
    web.kill("SIGTERM");
    await gone;
  }
} finally {
  await closeQueue();
  await closeDb();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(pat: UserActor, sam: UserActor, secret: string) {
  const selfApproval = false;
  const page = { order: "newest", take: 51 } as const;
  const statement = (actor: UserActor, filter: object) => () =>
    db().$queryRaw(queueIdsSql(actor, { selfApproval, ...filter }, page, []));
  const search = (q: string) => () => listApprovalQueue(pat, { q });
  return {
    list: await p95(statement(pat, {})),
    mine: await p95(statement(pat, { needs: "me" })),
    approver: await p95(statement(sam, {})),
    count: await p95(() => listWaiting(pat, {})),
    name: await p95(search("table-995")),
    commonName: await p95(search("table")),
    absent: await p95(search("nobody-has-this")),
    short: await p95(search("zq")),
    person: await p95(search("requester 17")),
    project: await p95(search("billing")),
    page: await pageP95(secret),
  };
}

async function p95(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = -20; at < runs; at += 1) {
    const begun = performance.now();
    await run();
    if (at >= 0) times.push(performance.now() - begun);
  }
  return percentile(times, 95);
}

/** The page as a browser gets it, over ten connections at once. */
async function pageP95(secret: string): Promise<number> {
  const times: number[] = [];
  const visit = async (record: boolean) => {
    const begun = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/approvals`, {
      headers: { cookie: `tablewright-session=${secret}` },
      redirect: "manual",
    });
    const html = await response.text();
    if (response.status !== 200 || !html.includes("#"))
      throw new Error(`/approvals answered ${response.status}`);
    if (record) times.push(performance.now() - begun);
  };
  for (let at = 0; at < 20; at += 1) await visit(false);
  const visitor = async () => {
    for (let at = 0; at < 40; at += 1) await visit(true);
  };
  await Promise.all(Array.from({ length: connections }, visitor));
  return percentile(times, 95);
}

function report(before: Measured, after: Measured): void {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const ratio = after.page / before.page;
  const lines: [string, keyof Measured, number | null][] = [
    ["list statement, everything", "list", targets.listMs],
    ["list statement, what needs me", "mine", targets.listMs],
    ["list statement, an approver of no project", "approver", targets.listMs],
    ["count of what waits, on every page", "count", targets.listMs],
    ["search: a table's name", "name", targets.searchMs],
    ["search: a text that all hold", "commonName", targets.searchMs],
    ["search: a text that none holds", "absent", targets.searchMs],
    ["search: two letters that none holds", "short", targets.searchMs],
    ["search: a person", "person", targets.searchMs],
    ["search: a project", "project", targets.searchMs],
  ];
  printTable(`The queue with ${few} and with ${many} requests, one in five waiting (p95 of ${runs})`, [
    ["what", String(few), String(many), "target"],
    ...lines.map(([what, key, target]) => [
      what,
      ms(before[key]),
      ms(after[key]),
      target ? `≤ ${target} ms` : "–",
    ]),
    [
      `page, ${connections} connections`,
      ms(before.page),
      ms(after.page),
      `≤ ${targets.pageRatio} × (${ratio.toFixed(2)})`,
    ],
  ]);
  const missed = lines.some(([, key, target]) => target !== null && after[key] > target);
  if (missed || ratio > targets.pageRatio) process.exitCode = 1;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}
