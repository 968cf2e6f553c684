import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { z } from "zod";
import { readPrices } from "#lib/infra/config-prices.ts";
import { problemsOf } from "#lib/infra/config-reasons.ts";
import { configSchema } from "#lib/infra/config-schema.ts";
import {
  type ConfigDocument,
  type ConfigPath,
  type ConfigProblem,
  readYaml,
} from "#lib/infra/config-yaml.ts";
import { env } from "#lib/infra/env.ts";
import { PriceListError } from "#lib/table-spec/price-list.ts";
import type { RegionPrices } from "#lib/table-spec/prices.ts";
import { maxTags, reservedTagKeys } from "#lib/table-spec/tag-schemas.ts";

export type { ConfigProblem };

type File = z.output<typeof configSchema>;

/** `endpoint`: `sandbox`, the normalised URL of an emulator, or null for AWS. */
export type EnvironmentConfig = { name: string } & File["environments"][string];
/** `developers`: names of groups, and e-mail addresses in small letters. */
export type ProjectConfig = File["projects"][string];
/** `when` null: always looked at. */
export type Guardrail = File["guardrails"][number];
/** `when` null: holds for every request. An empty `require`: approved by the rule. */
export type ApprovalRule = File["approvals"][number];

/** The sign-in provider: `client_secret_env` names the variable with the secret, `groups_claim` the claim with the groups. */
export type OidcConfig = NonNullable<File["sign_in"]>["oidc"];

/** A channel that events are told through. Variables are named, never read here. */
export type ChannelConfig = File["notifications"][number];

/** The configuration in force. Environments are in promotion order; `approvals` is never empty. */
export type Config = {
  name: string;
  platform_group: string;
  /** Its members read everything and change nothing; null: there is no such group. */
  auditor_group: string | null;
  /** By name, without a prototype: `name in projects` is a safe question. */
  projects: Record<string, ProjectConfig>;
  environments: EnvironmentConfig[];
  /** `key`: a regular expression, anchored at both ends, that a requester's key must match. */
  naming: { pattern: string; key: string };
  tags: Record<string, string>;
  guardrails: Guardrail[];
  approvals: ApprovalRule[];
  self_approval: boolean;
  request_expiry_days: number;
  /** What an estimate of cost goes by, by Region; without a prototype. A Region that is absent has no estimate. */
  prices: Record<string, RegionPrices>;
  /** Null: nobody can sign in, save with one click in demo mode. */
  sign_in: { oidc: OidcConfig } | null;
  /** Each is one of webhook, slack, email. */
  notifications: ChannelConfig[];
};

/** The file cannot be used; `message` has one line `file:line:column: reason` for every problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: ConfigProblem[];

  constructor(file: string, problems: ConfigProblem[]) {
    super(problems.map(({ line, column, reason }) => `${file}:${line}:${column}: ${reason}`).join("\n"));
    this.problems = problems;
  }
}

/** Reads the text of a configuration file; `file` is only for the messages. Throws ConfigError. */
export function loadConfig(text: string, file: string): Config {
  const document = readYaml(text);
  if (document.problems.length > 0) throw new ConfigError(file, inOrder(document.problems));
  const parsed = configSchema.safeParse(document.value);
  if (!parsed.success) {
    throw new ConfigError(file, inOrder(parsed.error.issues.flatMap((issue) => problemsOf(issue, document))));
  }
  const prices = pricesFor(parsed.data.prices, file, document);
  const config = fromFile(parsed.data, document, prices);
  const clashes = clashProblems(config, document);
  if (clashes.length > 0) throw new ConfigError(file, inOrder(clashes));
  return config;
}

/** Reads a configuration file. Throws ConfigError, also where the file cannot be read. */
export function readConfig(file: string): Config {
  return loadConfig(readText(file), file);
}

function readText(file: string): string {
  try {
    return readFileSync(resolve(/* turbopackIgnore: true */ process.cwd(), file), "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = missing ? "there is no such file" : `cannot be read: ${error}`;
    throw new ConfigError(file, [{ line: 1, column: 1, reason }]);
  }
}

let inForce: Config | undefined;

/** The configuration this process runs with, read once from TABLEWRIGHT_CONFIG. Throws ConfigError. */
export function getConfig(): Config {
  inForce ??= readConfig(env.configFile);
  return inForce;
}

/**
 * The secret that we show the sign-in provider; null without `sign_in`.
 * Throws ConfigError, with the line that names the variable, where the variable is not set.
 */
export function signInSecret(): string | null {
  const name = getConfig().sign_in?.oidc.client_secret_env;
  if (!name) return null;
  const secret = env.named(name);
  if (secret) return secret;
  const document = readYaml(readText(env.configFile));
  const place = document.locate(["sign_in", "oidc", "client_secret_env"]);
  const reason = `the environment variable ${name} is not set; it must hold the client secret that the sign-in provider gave`;
  throw new ConfigError(env.configFile, [{ ...place, reason }]);
}

/**
 * The value of a variable that a channel of `notifications` names. `check` answers what is wrong with it, or null.
 * Throws ConfigError, with the line that names the variable; the value is never part of the message.
 */
export function channelVariable(
  path: ["notifications", number, string, string],
  name: string,
  check: (value: string) => string | null,
): string {
  const value = env.named(name);
  const problem = value ? check(value) : "is not set";
  if (value && problem === null) return value;
  const place = readYaml(readText(env.configFile)).locate(path);
  throw new ConfigError(env.configFile, [
    { ...place, reason: `the environment variable ${name} ${problem}` },
  ]);
}

const defaultApprovals = (group: string): ApprovalRule[] => [
  { id: "default", when: null, require: [{ group, count: 1 }] },
];

function pricesFor(list: string | null, file: string, document: ConfigDocument): Config["prices"] {
  try {
    return readPrices(list, file);
  } catch (error) {
    if (!(error instanceof PriceListError)) throw error;
    const reason = `the price list ${list}: ${error.message}`;
    throw new ConfigError(file, [{ ...document.locate(["prices"]), reason }]);
  }
}

function fromFile(file: File, document: ConfigDocument, prices: Config["prices"]): Config {
  const names = document.keys(["environments"]);
  return {
    ...file,
    prices,
    projects: Object.assign(Object.create(null), file.projects),
    environments: names.flatMap((name) => {
      const environment = file.environments[name];
      return environment ? [{ name, ...environment }] : [];
    }),
    approvals: file.approvals.length > 0 ? file.approvals : defaultApprovals(file.platform_group),
  };
}

/** What no part of the file shows alone: names that would collide, more tags than a table can have. */
function clashProblems(config: Config, document: ConfigDocument): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (path: ConfigPath, reason: string) => problems.push({ ...document.locate(path), reason });
  const { pattern } = config.naming;
  if (!pattern.includes("{project}") && Object.keys(config.projects).length > 1) {
    report(
      ["naming", "pattern"],
      "{project} is missing: tables of different projects would get the same name",
    );
  }
  const scopes = config.environments.map(
    ({ endpoint, account, region }) => `${endpoint} ${account} ${region}`,
  );
  if (!pattern.includes("{environment}") && new Set(scopes).size < scopes.length) {
    report(
      ["naming", "pattern"],
      "{environment} is missing: environments that share account and region would use the same names",
    );
  }
  for (const environment of config.environments) {
    const count = Object.keys({ ...config.tags, ...environment.tags }).length;
    if (count > tagsLeft) {
      report(
        ["environments", environment.name, "tags"],
        `${count} tags; ${tagsLeft} are left beside Tablewright's own`,
      );
    }
  }
  return [...problems, ...auditorProblems(config, document)];
}

/** The auditor group changes nothing, so nothing in the file may count on it to. */
function auditorProblems(config: Config, document: ConfigDocument): ConfigProblem[] {
  const group = config.auditor_group;
  if (group === null) return [];
  const clash = (path: ConfigPath, what: string) => ({
    ...document.locate(path),
    reason: `${what} is also the \`auditor_group\`, whose members change nothing`,
  });
  const problems: ConfigProblem[] = [];
  if (group === config.platform_group) problems.push(clash(["auditor_group"], "the `platform_group`"));
  for (const [project, { developers }] of Object.entries(config.projects)) {
    const at = developers.indexOf(group);
    if (at >= 0) problems.push(clash(["projects", project, "developers", at], "this group of developers"));
  }
  for (const [rule, { require }] of config.approvals.entries()) {
    const at = require.findIndex((entry) => entry.group === group);
    if (at >= 0) problems.push(clash(["approvals", rule, "require", at, "group"], "this group of approvers"));
  }
  return problems;
}

/** What is left of a table's tags beside those Tablewright writes. */
const tagsLeft = maxTags - reservedTagKeys.length;

function inOrder(problems: ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
