import { isLoopbackName } from "./loopback.ts";

/** What the boot decides on: environment variables as given, and what the configuration says. */
export type BootFacts = {
  /** TABLEWRIGHT_DEMO, DATABASE_URL, TABLEWRIGHT_SECRET, HOST and PORT as set. */
  demo: string | undefined;
  databaseUrl: string | undefined;
  secret: string | undefined;
  host: string;
  port: string | undefined;
  hasSignIn: boolean;
  /** The address people use. */
  url: string;
  /** Environments without an `endpoint` are in AWS. */
  environments: { name: string; endpoint: string | null }[];
};

export type BootDecision =
  | {
      ok: true;
      demo: boolean;
      /** Demo mode with real AWS accounts behind it: every page says so. */
      demoOnAws: boolean;
      /** Demo mode without a TABLEWRIGHT_SECRET: one is made and kept in the data folder. */
      makeSecret: boolean;
      warnings: string[];
    }
  | { ok: false; message: string };

const shortestSecret = 32;

/** Whether this installation may start, and whether in demo mode. Never falls open: what is unclear is refused. */
export function decideBoot(facts: BootFacts): BootDecision {
  const { demo: asked } = facts;
  if (asked !== undefined && asked !== "" && asked !== "0" && asked !== "1") {
    return refuse(`TABLEWRIGHT_DEMO is "${asked}": set it to 1 or 0, or leave it unset.`);
  }
  if (facts.port !== undefined && !isPort(facts.port)) {
    return refuse(`PORT is "${facts.port}": set it to a number from 1 to 65535.`);
  }
  const inAws = facts.environments.filter(({ endpoint }) => endpoint === null).map(({ name }) => name);
  const reasons = reasonsAgainstDemo(facts, inAws);
  const demo = asked ? asked === "1" : reasons.length === 0;
  if (demo && !isLoopbackName(facts.host)) {
    return refuse(
      `Demo mode lets anybody sign in with one click, so it listens on this machine only, not on HOST=${facts.host}. Leave HOST unset, or set TABLEWRIGHT_DEMO=0: then only API tokens work.`,
    );
  }
  if (facts.secret !== undefined && facts.secret !== "" && facts.secret.length < shortestSecret) {
    return refuse(
      `TABLEWRIGHT_SECRET has ${facts.secret.length} characters: it needs at least ${shortestSecret}.`,
    );
  }
  if (!demo && !facts.secret) {
    const why = asked === "0" ? "TABLEWRIGHT_DEMO is 0" : reasons.join(", and ");
    return refuse(
      `TABLEWRIGHT_SECRET is not set: outside demo mode it is required, at least ${shortestSecret} random characters (for example from \`openssl rand -base64 32\`). This is not demo mode because ${why}; TABLEWRIGHT_DEMO=1 turns it on by hand, and then anybody on this machine can act as anybody.`,
    );
  }
  if (!demo && facts.hasSignIn && !(isOrigin(facts.url) && isSafeAddress(facts.url))) {
    return refuse(
      `TABLEWRIGHT_URL is ${JSON.stringify(facts.url)}: with sign_in it must be the https address that people use, such as https://tables.example.com. Over http anybody on the way could take their sessions.`,
    );
  }
  if (!isOrigin(facts.url)) {
    return refuse(
      `TABLEWRIGHT_URL is ${JSON.stringify(facts.url)}: it must be the whole address that people use and no path, such as https://tables.example.com.`,
    );
  }
  const warnings: string[] = [];
  if (demo && inAws.length > 0) {
    warnings.push(
      `Demo mode with real AWS accounts: anybody on this machine can have tables made in ${inAws.join(", ")}.`,
    );
  }
  if (!demo && !facts.hasSignIn)
    warnings.push("The configuration has no sign_in, so nobody can sign in; only API tokens work.");
  return { ok: true, demo, demoOnAws: demo && inAws.length > 0, makeSecret: demo && !facts.secret, warnings };
}

/** Whether a request with this Host header may be served in demo mode: anything else may be another site's rebinding. */
export function isDemoHost(header: string | undefined): boolean {
  return header !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(header);
}

function reasonsAgainstDemo(facts: BootFacts, inAws: string[]): string[] {
  return [
    facts.databaseUrl ? "DATABASE_URL is set" : null,
    facts.hasSignIn ? "the configuration has sign_in" : null,
    inAws.length > 0 ? `${inAws.join(", ")} ${inAws.length === 1 ? "is" : "are"} in AWS (no endpoint)` : null,
  ].filter((reason) => reason !== null);
}

/** An http or https address without a path. */
function isOrigin(address: string): boolean {
  const url = URL.parse(address);
  if (!url || !["http:", "https:"].includes(url.protocol)) return false;
  return url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
}

/** Of an origin: https, or http on this very machine. */
function isSafeAddress(address: string): boolean {
  const url = new URL(address);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackName(url.hostname));
}

function isPort(value: string): boolean {
  return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65535;
}

function refuse(message: string): BootDecision {
  return { ok: false, message };
}
