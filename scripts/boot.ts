import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type BootDecision, decideBoot } from "#lib/infra/boot-checks.ts";
import { getConfig, signInSecret } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { readSenders } from "#lib/notifications/channels.ts";

export type Boot = Extract<BootDecision, { ok: true }>;

/** Why the boot stops, in words for the person who started it; printed without a stack. */
export class BootRefusal extends Error {}

/**
 * Reads the configuration and decides whether and how this installation may run.
 * @throws ConfigError or BootRefusal
 */
export function decide(): Boot {
  const config = getConfig();
  try {
    env.check();
  } catch (error) {
    throw new BootRefusal(error instanceof Error ? error.message : String(error));
  }
  const decision = decideBoot({
    demo: process.env.TABLEWRIGHT_DEMO,
    databaseUrl: process.env.DATABASE_URL,
    secret: process.env.TABLEWRIGHT_SECRET,
    host: env.host,
    port: process.env.PORT,
    hasSignIn: config.sign_in !== null,
    url: env.url,
    environments: config.environments,
  });
  if (!decision.ok) throw new BootRefusal(decision.message);
  return decision;
}

/** Sets the variables that the rest of the process reads: the mode, and in demo mode a secret kept in the data folder. */
export function applyDecision(boot: Boot) {
  process.env.TABLEWRIGHT_DEMO = boot.demo ? "1" : "0";
  if (boot.makeSecret) process.env.TABLEWRIGHT_SECRET = keptSecret(path.join(env.dataFolder, "secret"));
}

/**
 * What a web or worker process of a deployment does first: the same checks as `npm start`. Ends the process if refused.
 * `signsIn`: people sign in at this process, so it needs the provider's secret. `notifies`: it sends notifications, so it
 * needs what the channels name.
 */
export function prepareProcess({ signsIn = false, notifies = false } = {}): Boot {
  try {
    const boot = decide();
    if (signsIn && !boot.demo) signInSecret();
    if (notifies) readSenders();
    void env.databaseUrl;
    applyDecision(boot);
    for (const warning of boot.warnings) console.error(`Warning: ${warning}`);
    return boot;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

function keptSecret(file: string): string {
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
