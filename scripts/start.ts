/**
 * npm start: everything on one machine. Builds what changed, starts Postgres (unless DATABASE_URL is set), migrates,
 * starts the sandbox, a worker and the web server (which seeds the demo), and stops them all together.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { prepareDatabase } from "#lib/core/prepare-database.ts";
import { ConfigError, getConfig, signInSecret } from "#lib/infra/config.ts";
import { startPostgres } from "#lib/infra/embedded-postgres.ts";
import { env } from "#lib/infra/env.ts";
import { freePort } from "#lib/infra/free-port.ts";
import { readSenders } from "#lib/notifications/channels.ts";
import { applyDecision, type Boot, BootRefusal, decide } from "./boot.ts";
import { buildIfChanged } from "./build.ts";
import { type Child, openLog, startChild } from "./children.ts";
import { lockFolder } from "./run-lock.ts";

const readyTimeoutSeconds = 60;
const data = path.resolve(env.dataFolder);
const postgresFile = path.join(data, "postgres.json");
const say = (line: string) => console.log(line);

const children: Child[] = [];
const atTheEnd: (() => Promise<void> | void)[] = [];
let stopping = false;

/** Stops what answers people first and the database last, and ends this process. */
async function stop(exitCode: number) {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.map((child) => child.stop()));
  for (const end of atTheEnd.toReversed()) await end();
  process.exit(exitCode);
}

function fail(message: string) {
  if (!stopping) console.error(message);
  void stop(1);
}

async function start() {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  atTheEnd.push(lockFolder(data));
  process.env.TABLEWRIGHT_DATA = data;
  const boot = decide();
  if (!boot.demo) signInSecret();
  readSenders();
  await needPort("PORT", env.host, env.port);
  if (process.env.SANDBOX_PORT) await needPort("SANDBOX_PORT", "127.0.0.1", Number(process.env.SANDBOX_PORT));
  applyDecision(boot);
  for (const warning of boot.warnings) console.error(`Warning: ${warning}`);
  await buildIfChanged(say);
  if (!process.env.DATABASE_URL) process.env.DATABASE_URL = await runPostgres();
  const applied = await prepareDatabase(env.databaseUrl);
  if (applied.length > 0) say(`Migrated the database: ${applied.join(", ")}`);
  if (getConfig().environments.some(({ endpoint }) => endpoint === "sandbox")) await runSandbox();
  if (stopping) return;
  run("worker", ["scripts/worker.ts"], "again");
  run("web server", ["scripts/web.ts"], (why) => fail(`${why}:\n${logs.get("web server")?.tail()}`));
  await untilReady();
  announce(boot);
}

function announce(boot: Boot) {
  say(`Tablewright is ready at ${env.url}`);
  if (env.sandboxUrl) say(`The sandbox answers DynamoDB calls at ${env.sandboxUrl}`);
  if (boot.demo) say("Demo mode: sign in with one click as dana, noor, pat, priya or alex.");
  say(`Data and logs are in ${data}. Stop with Ctrl-C.`);
}

async function runPostgres(): Promise<string> {
  const log = openLog(path.join(data, "logs"), "postgres");
  const postgres = await startPostgres({ dataDir: path.join(data, "postgres"), onLog: log.write });
  postgres.onUnexpectedExit((tail) => fail(`Postgres ended. Its log is ${log.file}:\n${tail}`));
  atTheEnd.push(async () => {
    rmSync(postgresFile, { force: true });
    await postgres.stop();
  });
  // The command-line tool finds the database by this file; the address holds the password.
  const found = { url: postgres.url, pid: postgres.pid(), port: postgres.port };
  writeFileSync(postgresFile, `${JSON.stringify(found)}\n`, { mode: 0o600 });
  return postgres.url;
}

/** The sandbox keeps its port between starts, so that an address somebody noted stays good. */
async function runSandbox() {
  const portFile = path.join(data, "sandbox-port");
  const kept = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  const port =
    Number(process.env.SANDBOX_PORT) || (kept && (await isFree("127.0.0.1", kept)) ? kept : await freePort());
  writeFileSync(portFile, String(port));
  process.env.TABLEWRIGHT_SANDBOX_URL = `http://127.0.0.1:${port}`;
  const args = [
    "lib/sandbox/main.ts",
    "--port",
    String(port),
    "--state-file",
    path.join(data, "sandbox.json"),
  ];
  await new Promise<void>((listening) => {
    run("sandbox", args, "again", (line) => {
      if (line.includes("sandbox listening on")) listening();
    });
  });
}

const logs = new Map<string, ReturnType<typeof openLog>>();

function run(
  name: string,
  args: string[],
  whenItDies: "again" | ((why: string) => void),
  onLine?: (line: string) => void,
) {
  if (stopping) return;
  const log = openLog(path.join(data, "logs"), name.split(" ")[0] ?? name);
  logs.set(name, log);
  const childEnv = { ...process.env, NODE_ENV: "production" } as NodeJS.ProcessEnv;
  children.push(startChild({ name, args, env: childEnv, log, whenItDies, onLine }));
}

async function untilReady() {
  const host =
    env.host === "0.0.0.0"
      ? "127.0.0.1"
      : env.host === "::"
        ? "[::1]"
        : env.host.includes(":")
          ? `[${env.host}]`
          : env.host;
  const giveUpAt = performance.now() + readyTimeoutSeconds * 1000;
  let last = "no answer";
  while (!stopping) {
    try {
      const response = await fetch(`http://${host}:${env.port}/health/ready`, {
        redirect: "manual",
        signal: AbortSignal.timeout(5000),
      });
      const body = await response.text();
      if (response.status === 200) return;
      last = `${response.status} ${body.slice(0, 300)}`;
    } catch {
      // Not listening yet.
    }
    if (performance.now() > giveUpAt) {
      throw new BootRefusal(
        `The web server was not ready within ${readyTimeoutSeconds} s (${last}):\n${logs.get("web server")?.tail()}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function needPort(variable: string, host: string, port: number) {
  if (await isFree(host, port)) return;
  throw new BootRefusal(
    `Port ${port} of ${host} is taken. Stop what uses it, or choose another with ${variable}=${port + 1} npm start.`,
  );
}

async function isFree(host: string, port: number): Promise<boolean> {
  const server = net.createServer();
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once("error", resolve).listen(port, host, () => resolve(null));
  });
  await new Promise((resolve) => (problem ? resolve(null) : server.close(resolve)));
  if (problem && problem.code !== "EADDRINUSE")
    throw new BootRefusal(`Nothing can listen on ${host}:${port}: ${problem.message}`);
  return problem === null;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
try {
  await start();
} catch (error) {
  const expected = error instanceof BootRefusal || error instanceof ConfigError;
  fail(error instanceof Error ? ((expected ? error.message : error.stack) ?? error.message) : String(error));
}
