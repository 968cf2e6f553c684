import { format, stripVTControlCharacters } from "node:util";
import pino from "pino";
import { env } from "./env.ts";
import { logContext } from "./log-context.ts";

type Refusal = { code: string; message: string; errors: readonly { path: string }[] };

const secretNames = [
  "token",
  "authorization",
  "cookie",
  "password",
  "secret",
  "client_secret",
  "secretAccessKey",
  "sessionToken",
];

/** Secrets that stand in the middle of a text, such as an error's: our tokens, and the password of a database's address. */
const hideInText = (line: string) =>
  line
    .replace(/twt_[\w-]{20,}/g, "twt_[hidden]")
    .replace(/(postgres(?:ql)?:\/\/[^:@/\s]+:)[^@\s]+@/g, "$1[hidden]@");

/** The boot refuses a level that there is not; this is read before, by whatever is loaded with it. */
function level(): string {
  try {
    return env.logLevel;
  } catch {
    return "info";
  }
}

/** Structured log lines to standard output; errors are logged with their stack, secrets never reach it. */
export const log = pino({
  level: level(),
  base: null,
  // A copy: pino writes the fields of the line into what it is given.
  mixin: () => ({ ...logContext() }),
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[hidden]" },
  hooks: { streamWrite: hideInText },
});

/** Logs an unexpected error and returns the reference that is shown to the person instead of it. */
export function report(error: unknown, where: Record<string, unknown> = {}): string {
  const reference = crypto.randomUUID().slice(0, 8);
  log.error({ ...where, reference, err: error }, "unexpected error");
  return reference;
}

/** Logs what should not happen often and has a known reason. Never give it a token. */
export function warn(message: string, facts: Record<string, string | null>): void {
  log.warn(facts, message);
}

/**
 * Logs that somebody was refused, and by what: the log's context says who and in which request. What was asked stays
 * out, for it may hold anything; the reason is there where it is of our own making.
 */
export function noteRefusal({ code, message, errors }: Refusal): void {
  const reason = code === "INVALID" ? errors.map(({ path }) => path).slice(0, 10) : message;
  if (code !== "NOT_FOUND" && code !== "CONFLICT") log.info({ code, reason }, "refused");
}

/**
 * From now on each `console.error` is one line of the log. Next tells that way of pages that failed, else over several
 * lines and as the error has it; its digest is the reference that the person was shown.
 */
export function logConsoleErrors(): void {
  console.error = (...parts: unknown[]) => {
    const err = parts.find((part) => part instanceof Error);
    const words = stripVTControlCharacters(format(...parts.filter((part) => part !== err))).trim();
    log.error({ err, reference: (err as { digest?: unknown } | undefined)?.digest }, words || "error");
  };
}
