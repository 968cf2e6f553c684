/** The command-line tool: npm run --silent tablewright -- help */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { rolePolicy } from "#lib/environments/role-policy.ts";
import { configCheck } from "#lib/guardrails/check.ts";
import { getConfig } from "#lib/infra/config.ts";
import { closeDb, db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { createToken } from "#lib/people/create-token.ts";
import { apiCommand, apiUsage } from "./command-line/api-commands.ts";
import { Exit, exitCodeOf, linesOf } from "./command-line/exit.ts";

const usage = `Usage: npm run --silent tablewright -- COMMAND

On this machine:
  config check [FILE]      checks a configuration and says in words what it does (default: TABLEWRIGHT_CONFIG)
  token create --user EMAIL [--scope read,request,approve] [--expires-days 90]
                           prints a new API token that acts as that person, and nothing else
  role-policy ENVIRONMENT  prints the IAM policy that the worker's role needs in an environment's account

Over the API, at TABLEWRIGHT_URL with TABLEWRIGHT_TOKEN; --json prints the API's answer:
${apiUsage}

Exit codes: 0 done; 1 refused or failed; 2 misused; 3 not running or not to be reached;
4 the request that was waited for ended in another way than completed.`;

async function main(args: string[]) {
  const [first, second, ...rest] = args;
  if (first === undefined || first === "help" || first === "--help") return console.log(usage);
  if (first === "config" && second === "check") return checkConfig(rest);
  if (first === "token" && second === "create") return printToken(rest);
  if (first === "role-policy") return printRolePolicy(args.slice(1));
  if (first === "audit" && second === "verify")
    throw new Exit(2, "audit verify is not available in this version.");
  const command = apiCommand(args);
  if (command) return command();
  throw new Exit(2, `There is no command ${[first, second].filter(Boolean).join(" ")}.\n\n${usage}`);
}

function checkConfig(args: string[]) {
  if (args.length > 1) throw new Exit(2, usage);
  const { lines, exitCode } = configCheck(args[0] ?? env.configFile);
  for (const line of lines) exitCode === 0 ? console.log(line) : console.error(line);
  process.exitCode = exitCode;
}

function printRolePolicy(args: string[]) {
  const config = getConfig();
  const environment =
    args.length === 1 ? config.environments.find(({ name }) => name === args[0]) : undefined;
  const names = config.environments.map(({ name }) => name).join(", ");
  if (args.length !== 1) throw new Exit(2, `Name one environment: ${names}.`);
  if (!environment)
    throw new Exit(1, `There is no environment ${args[0]} in ${env.configFile}: it has ${names}.`);
  if (environment.endpoint) {
    console.error(`${environment.name} is not in AWS and needs no role; this is what its role would be.`);
  }
  console.log(JSON.stringify(rolePolicy(config, environment), null, 2));
}

async function printToken(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      user: { type: "string" },
      scope: { type: "string", multiple: true },
      "expires-days": { type: "string" },
    },
  });
  if (!values.user) throw new Exit(2, `Say whose token it is: --user EMAIL\n\n${usage}`);
  await findDatabase();
  const token = await createToken(
    { kind: "system", job: "command-line" },
    {
      email: values.user,
      ...(values.scope && {
        scopes: values.scope.flatMap((scope) => scope.split(",")).map((scope) => scope.trim()),
      }),
      ...(values["expires-days"] !== undefined && { expires_days: Number(values["expires-days"]) }),
    },
  );
  console.log(token);
}

/** Points `db()` at DATABASE_URL, or at the embedded Postgres that `npm start` runs on the same data folder. */
async function findDatabase() {
  const file = path.join(env.dataFolder, "postgres.json");
  const place = process.env.DATABASE_URL
    ? "DATABASE_URL"
    : `the embedded Postgres of ${path.resolve(env.dataFolder)}`;
  if (!process.env.DATABASE_URL) {
    if (!existsSync(file))
      throw new Exit(3, `There is no running database: ${place} is not started. Run npm start first.`);
    process.env.DATABASE_URL = (JSON.parse(readFileSync(file, "utf8")) as { url: string }).url;
  }
  try {
    await db().$queryRaw`select 1`;
  } catch (error) {
    const why = error instanceof Error ? error.message.trim().split("\n").at(-1) : error;
    throw new Exit(3, `There is no running database: ${place} does not answer. ${why}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  for (const line of linesOf(error)) console.error(line);
  process.exitCode = exitCodeOf(error);
} finally {
  await closeDb();
}
