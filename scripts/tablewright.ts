/** The command-line tool: npm run --silent tablewright -- help */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { anchorText, readAnchor } from "#lib/audit/seal.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { rolePolicy } from "#lib/environments/role-policy.ts";
import { isPrincipal, trustPolicy } from "#lib/environments/trust-policy.ts";
import { configCheck } from "#lib/guardrails/check.ts";
import { type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import { closeDb, db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { signInIssuer } from "#lib/infra/oidc.ts";
import { createToken } from "#lib/people/create-token.ts";
import { deactivatePerson } from "#lib/people/deactivate.ts";
import { linkPerson } from "#lib/people/link.ts";
import { reactivatePerson } from "#lib/people/reactivate.ts";
import { apiCommand, apiUsage } from "./command-line/api-commands.ts";
import { Exit, exitCodeOf, linesOf } from "./command-line/exit.ts";
import { testChannels } from "./command-line/test-channels.ts";

const usage = `Usage: npm run --silent tablewright -- COMMAND

On this machine:
  config check [FILE]      checks a configuration and says in words what it does (default: TABLEWRIGHT_CONFIG)
  token create --user EMAIL [--scope read,request,approve] [--expires-days 90]
                           prints a new API token that acts as that person, and nothing else
  person deactivate EMAIL  ends a person's sessions, revokes their tokens, and refuses their sign-in
  person reactivate EMAIL  lets them sign in again
  person link EMAIL --subject SUBJECT
                           says that this subject of the sign-in provider is that person
  role-policy ENVIRONMENT [--delete] [--no-abac]
                           prints the IAM policy that the worker's role needs in an environment's account; --delete lets
                           it delete tables; --no-abac is for accounts where DynamoDB ignores conditions on tags
  role-policy ENVIRONMENT --trust --principal ARN
                           prints the role's trust policy; ARN is the role or user that workers run under
  notifications test [NAME] [--to EMAIL]
                           has workers send a test message on a channel, or on all, and says what came of it; NAME is
                           the variable with its address; --to: where a test e-mail goes (default: its sender)
  audit verify [--from SEQ:HASH] [--expect SEQ:HASH]
                           finds what was changed, deleted, reordered or slipped in; --expect: an end of the chain that
                           was kept elsewhere, and must still be part of it; --from: one to begin at

Over the API, at TABLEWRIGHT_URL with TABLEWRIGHT_TOKEN; --json prints the API's answer:
${apiUsage}

Exit codes: 0 done; 1 refused or failed; 2 misused; 3 not running or not to be reached;
4 the request that was waited for ended in another way than completed.`;

async function main(args: string[]) {
  const [first, second, ...rest] = args;
  if (first === undefined || first === "help" || first === "--help") return console.log(usage);
  if (first === "config" && second === "check") return checkConfig(rest);
  if (first === "token" && second === "create") return printToken(rest);
  if (first === "person") return changePerson(args.slice(1));
  if (first === "role-policy") return printRolePolicy(args.slice(1));
  if (first === "audit" && second === "verify") return verify(rest);
  if (first === "notifications" && second === "test") return testChannels(commandLine, rest, findDatabase);
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
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      delete: { type: "boolean", default: false },
      "no-abac": { type: "boolean", default: false },
      trust: { type: "boolean", default: false },
      principal: { type: "string" },
    },
  });
  const config = getConfig();
  const [name] = positionals;
  const environment = config.environments.find((one) => one.name === name);
  const names = config.environments.map((one) => one.name).join(", ");
  if (positionals.length !== 1) throw new Exit(2, `Name one environment: ${names}.`);
  if (!environment)
    throw new Exit(1, `There is no environment ${name} in ${env.configFile}: it has ${names}.`);
  if (environment.endpoint) {
    console.error(`${environment.name} is not in AWS and needs no role; this is what its role would be.`);
  }
  if (values.trust !== (values.principal !== undefined))
    throw new Exit(2, "--trust and --principal ARN go together.");
  const policy = values.principal
    ? trustPolicyOf(environment, values.principal)
    : rolePolicy(config, environment, { abac: !values["no-abac"], deletes: values.delete });
  console.log(JSON.stringify(policy, null, 2));
}

function trustPolicyOf(environment: EnvironmentConfig, principal: string) {
  if (!isPrincipal(principal))
    throw new Exit(
      2,
      "--principal must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/worker.",
    );
  if (environment.external_id === null)
    console.error(
      `${environment.name} has no external_id: anything that runs under ${principal} can use the role.`,
    );
  return trustPolicy(environment, principal);
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
  const days = values["expires-days"];
  if (days !== undefined && !/^\d{1,4}$/.test(days))
    throw new Exit(2, `--expires-days is "${days}": give a whole number of days, from 1 to 3650.`);
  if (!values.user) throw new Exit(2, `Say whose token it is: --user EMAIL\n\n${usage}`);
  await findDatabase();
  const token = await createToken(commandLine, {
    email: values.user,
    ...(values.scope && {
      scopes: values.scope.flatMap((scope) => scope.split(",")).map((scope) => scope.trim()),
    }),
    ...(days !== undefined && { expires_days: Number(days) }),
  });
  console.log(token);
}

const commandLine = { kind: "system", job: "command-line" } as const;

async function changePerson(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { subject: { type: "string" } },
  });
  const [verb, email, ...rest] = positionals;
  if (!email || rest.length > 0) throw new Exit(2, `Name one person by e-mail.\n\n${usage}`);
  if (verb === "link") return linkToSubject(email, values.subject);
  const change = verb === "deactivate" ? deactivatePerson : verb === "reactivate" ? reactivatePerson : null;
  if (!change || values.subject !== undefined) throw new Exit(2, usage);
  await findDatabase();
  await change(commandLine, { email });
  console.log(`${email} is ${verb}d.`);
}

async function linkToSubject(email: string, subject: string | undefined) {
  const issuer = signInIssuer();
  if (!issuer) throw new Exit(1, `${env.configFile} has no sign_in, so there is no provider to link to.`);
  if (!subject) throw new Exit(2, `Say which subject of ${issuer} it is: --subject SUBJECT`);
  await findDatabase();
  await linkPerson(commandLine, { email, issuer, subject });
  console.log(`Whoever ${issuer} calls ${subject} signs in as ${email} from now on.`);
}

async function verify(args: string[]) {
  const { values } = parseArgs({ args, options: { from: { type: "string" }, expect: { type: "string" } } });
  const anchor = (option: "from" | "expect") => {
    const text = values[option];
    const found = text === undefined ? undefined : readAnchor(text);
    if (found === null) throw new Exit(2, `--${option} must be SEQ:HASH, as audit verify prints it.`);
    return found;
  };
  const [from, expect] = [anchor("from"), anchor("expect")];
  await findDatabase();
  const { events, head, problem } = await verifyAudit({ from, expect });
  if (problem) throw new Exit(1, problem);
  console.log(`${events} events, unbroken, head ${anchorText(head)}`);
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
