import { explainRules } from "#lib/guardrails/explain.ts";
import { unreachableRules } from "#lib/guardrails/unreachable.ts";
import {
  type ChannelConfig,
  type Config,
  ConfigError,
  type EnvironmentConfig,
  readConfig,
} from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";

/**
 * Checks a configuration file the way the boot does. Returns the lines to print and the exit code:
 * 0 with what the file says, 1 with every problem as `file:line:column: reason`.
 */
export function configCheck(file: string): { lines: string[]; exitCode: 0 | 1 } {
  try {
    return { lines: description(file, readConfig(file)), exitCode: 0 };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const count = error.problems.length;
    const verdict = `${file} cannot be used: ${count} ${count === 1 ? "problem" : "problems"}`;
    return { lines: [...error.message.split("\n"), verdict], exitCode: 1 };
  }
}

function description(file: string, config: Config): string[] {
  const projects = Object.entries(config.projects).map(
    ([name, { developers }]) => `Project ${name}: ${developers.join(", ") || "nobody yet"}.`,
  );
  const expiry = config.request_expiry_days;
  const own = config.self_approval ? "People may approve" : "Nobody may approve";
  return [
    `${file}: OK`,
    ...config.environments.map(environmentLine),
    pricesLine(config),
    ...projects,
    ...explainRules(config),
    ...unreachableRules(config).map((sentence) => `Warning: ${sentence}`),
    ...(config.auditor_group === null
      ? []
      : [`Auditors: members of ${config.auditor_group} see everything and change nothing.`]),
    ...missingVariables(config.notifications).map((sentence) => `Warning: ${sentence}`),
    signInLine(config.sign_in),
    ...config.notifications.map(channelLine),
    `${own} their own requests; a request that waits ${expiry} ${expiry === 1 ? "day" : "days"} expires.`,
  ];
}

function pricesLine({ environments, prices }: Config): string {
  const without = environments.filter(({ region }) => !(region in prices));
  if (without.length === 0) return "Cost is estimated for every environment.";
  const named = without.map(({ name, region }) => `${name} (${region})`).join(", ");
  return `No cost is estimated for ${named}: \`prices\` can name AWS's price list.`;
}

/** A warning, not a problem: the file may be checked where no worker runs. */
function missingVariables(channels: Config["notifications"]): string[] {
  return channels.flatMap((channel) =>
    Object.entries(channel).flatMap(([kind, settings]) => {
      const variables = Object.entries(settings).flatMap(([key, value]) =>
        key.endsWith("_env") ? [String(value)] : [],
      );
      return variables
        .filter((name) => env.named(name) === undefined)
        .map(
          (name) =>
            `The channel ${kind} ${variables[0]} needs the environment variable ${name}, which is missing or empty here. Set it where workers run: they do not start without it.`,
        );
    }),
  );
}

function signInLine(signIn: Config["sign_in"]): string {
  if (!signIn) return "Sign-in: none; outside demo mode only API tokens work.";
  const { issuer, client_id, client_secret_env, groups_claim } = signIn.oidc;
  return `Sign-in: at ${issuer}, as its client ${client_id}, with the secret in the environment variable ${client_secret_env}; the claim ${groups_claim} tells a person's groups at every sign-in.`;
}

/** The variables are named, for whoever deploys has to set them; workers do not start without. */
function channelLine({ webhook, slack, email }: ChannelConfig): string {
  const of = (events: readonly string[]) => (events.includes("*") ? "everything" : events.join(", "));
  if (webhook)
    return `Notification: a webhook to the address in ${webhook.url_env}, signed with the secret in ${webhook.secret_env}, of ${of(webhook.events)}.`;
  if (slack)
    return `Notification: a Slack message to the address in ${slack.url_env}, of ${of(slack.events)}.`;
  return `Notification: e-mail from ${email?.from} through the server in ${email?.smtp_env}, of ${of(email?.events ?? [])}.`;
}

function environmentLine({ name, endpoint, account, region, role_arn, paused }: EnvironmentConfig): string {
  const places = endpoint === "sandbox" ? "in the sandbox" : endpoint ? `at ${endpoint}` : "in AWS";
  const rights = endpoint ? "" : role_arn ? `, as ${role_arn}` : ", with the worker's own credentials";
  const pause = paused ? "; paused: requests wait" : "";
  return `Environment ${name}: account ${account}, ${region}, ${places}${rights}${pause}.`;
}
