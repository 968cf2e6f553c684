import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import pg from "pg";
import { startBalancer } from "#e2e/balancer.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { freePort } from "#lib/infra/free-port.ts";

const run = promisify(execFile);

/** One process of a deployment, which can be replaced as a roll-out does. */
type Replica = {
  name: string;
  start: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * A Postgres of its own, the sandbox, web servers and workers over them, as a deployment runs them, and a balancer in
 * front of the web servers at `port`.
 */
export async function startDeployment(
  port: number,
  counts: { web: number; workers: number },
  { config, variables }: { config: string; variables: Record<string, string> },
) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-replicas-"));
  const postgres = await startPostgres({
    dataDir: path.join(folder, "postgres"),
    settings: { fsync: "off" },
  });
  const configFile = path.join(folder, "tablewright.yaml");
  writeFileSync(configFile, config);
  const sandboxPort = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    TABLEWRIGHT_CONFIG: configFile,
    TABLEWRIGHT_SECRET: "a secret of the test, long enough",
    TABLEWRIGHT_DEMO: "0",
    TABLEWRIGHT_URL: `http://127.0.0.1:${port}`,
    TABLEWRIGHT_PROXIES: "1",
    TABLEWRIGHT_SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    LOG_LEVEL: "warn",
    ...variables,
  };
  const output: string[] = [];
  const replica = (name: string, args: string[], own: NodeJS.ProcessEnv, address: string) =>
    replicaOf(name, args, own, { ready: () => answers(address), output });
  const sandboxArgs = ["lib/sandbox/main.ts", "--port", String(sandboxPort)];
  const sandbox = replica("sandbox", sandboxArgs, env, `http://127.0.0.1:${sandboxPort}/`);
  await run(process.execPath, ["scripts/migrate.ts"], { env });
  const urls: string[] = [];
  const replicas: Replica[] = [];
  for (let at = 0; at < counts.web; at++) {
    const ownPort = await freePort();
    const url = `http://127.0.0.1:${ownPort}`;
    urls.push(url);
    const own = { ...env, PORT: String(ownPort), HOST: "127.0.0.1" };
    replicas.push(replica(`web ${at}`, ["scripts/web.ts"], own, `${url}/health/ready`));
  }
  for (let at = 0; at < counts.workers; at++) {
    const metricsPort = await freePort();
    const own = { ...env, METRICS_PORT: String(metricsPort), HOST: "127.0.0.1" };
    const metrics = `http://127.0.0.1:${metricsPort}/metrics`;
    replicas.push(replica(`worker ${at}`, ["scripts/worker.ts"], own, metrics));
  }
  await Promise.all([sandbox, ...replicas].map((one) => one.start()));
  const balancer = await startBalancer(port, urls);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  // Postgres may tell idle connections that it stops while they are being closed.
  pool.on("error", () => {});
  return {
    urls,
    replicas,
    /** What the processes wrote to standard output so far, line by line. */
    output,
    /** How many requests each web server has answered through the balancer. */
    answered: balancer.counts,
    query: async <Row extends pg.QueryResultRow>(sql: string) => (await pool.query<Row>(sql)).rows,
    token: async (email: string) => {
      await pool.query(
        `insert into "user" (id, name, email, groups, "updatedAt") values ($1, $1, $1, '{shop-devs}', now())`,
        [email],
      );
      const args = ["scripts/tablewright.ts", "token", "create", "--user", email];
      return (await run(process.execPath, args, { env })).stdout.trim();
    },
    stop: async () => {
      await balancer.stop();
      await Promise.all(replicas.map((one) => one.stop()));
      await sandbox.stop();
      await pool.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function replicaOf(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  { ready, output }: { ready: () => Promise<boolean>; output: string[] },
): Replica {
  let child: ChildProcess | undefined;
  const start = async () => {
    const started = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
    child = started;
    createInterface({ input: started.stdout! }).on("line", (line) => output.push(line));
    while (!(await ready())) {
      if (started.exitCode !== null) throw new Error(`${name} ended with code ${started.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async () => {
    const going = child;
    if (!going || going.exitCode !== null || going.signalCode !== null) return;
    const ended = new Promise((resolve) => going.once("exit", resolve));
    going.kill("SIGTERM");
    await ended;
    if (going.exitCode !== 0)
      throw new Error(`${name} ended with ${going.signalCode ?? `code ${going.exitCode}`}`);
  };
  return {
    name,
    start,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
  };
}

/** Whether anything answers there, and well where it is asked for health. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  await response?.arrayBuffer();
  return response !== null && (!url.includes("/health/") || response.ok);
}
