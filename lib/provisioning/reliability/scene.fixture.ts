import { randomBytes } from "node:crypto";
import pg from "pg";
import { closeDb } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { closeQueue } from "#lib/infra/queue.ts";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { eventually } from "../scenario.fixture.ts";
import { startWorkerProcess, type WorkerOptions, type WorkerProcess } from "./workers.fixture.ts";

/** A database and a sandbox of their own, in which workers are started, killed and frozen. */
export type Scene = {
  sandbox: Sandbox;
  query: <Row extends pg.QueryResultRow>(sql: string) => Promise<Row[]>;
  worker: (options?: WorkerOptions) => WorkerProcess;
  /** Resolves when every request is in one of these states; answers the seconds it took. */
  requestsIn: (states: string[], seconds: number) => Promise<number>;
  close: () => Promise<void>;
};

/** Makes the file's database ready to be copied: nothing of this process may be connected to it. */
export async function letGoOfDatabase(): Promise<void> {
  await closeQueue();
  await closeDb();
}

/** Resolves after the worker `owner` has given so many further signs of life. */
export async function beats({ query }: Scene, owner: string, count: number): Promise<void> {
  const last = async () =>
    (await query<{ at: string }>(`select "beatAt"::text as at from worker where id = '${owner}'`))[0]?.at;
  for (let seen = 0; seen < count; seen += 1) {
    const before = await last();
    await eventually(async () => (await last()) !== before);
  }
}

/** A scene with a copy of the file's database as it is now; see `letGoOfDatabase`. */
export async function copyScene(options: SandboxOptions = {}): Promise<Scene> {
  const original = new URL(env.databaseUrl);
  const name = `scene_${randomBytes(6).toString("hex")}`;
  const template = original.pathname.slice(1);
  await onServer(`create database ${name} template ${template}`);
  const scene = await openScene(Object.assign(new URL(original), { pathname: `/${name}` }).href, options);
  return {
    ...scene,
    close: async () => {
      await scene.close();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

/** A scene over a database that is there. */
export async function openScene(databaseUrl: string, options: SandboxOptions = {}): Promise<Scene> {
  const sandbox = await startSandbox({ creatingSeconds: 0.2, ...options });
  const workers: WorkerProcess[] = [];
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on("error", () => {});
  const query = async <Row extends pg.QueryResultRow>(sql: string) => (await pool.query<Row>(sql)).rows;
  return {
    sandbox,
    query,
    worker: (given = {}) => {
      const worker = startWorkerProcess({ databaseUrl, sandboxUrl: sandbox.url, ...given });
      workers.push(worker);
      return worker;
    },
    requestsIn: async (states, seconds) => {
      const begun = performance.now();
      const wanted = states.map((state) => `'${state}'`).join();
      await eventually(
        async () => (await query(`select 1 from request where state not in (${wanted})`)).length === 0,
        seconds,
      );
      return (performance.now() - begun) / 1000;
    },
    close: async () => {
      for (const worker of workers) worker.signal("SIGKILL");
      await Promise.all(workers.map((worker) => worker.exited));
      await pool.end();
      await sandbox.close();
    },
  };
}

/** How often each event of a request or a table stands in the audit. */
export async function auditCounts({ query }: Scene): Promise<Record<string, number>> {
  const rows = await query<{ event: string; count: number }>(
    `select event, count(*)::int as count from audit_event group by event order by event`,
  );
  return Object.fromEntries(rows.map(({ event, count }) => [event, count]));
}

async function onServer(sql: string): Promise<void> {
  const url = Object.assign(new URL(env.databaseUrl), { pathname: "/postgres" }).href;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
