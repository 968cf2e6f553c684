import pino from "pino";
import { env } from "./env.ts";

/** Structured log lines to standard output; errors are logged with their stack, secrets never reach it. */
export const log = pino({
  level: env.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ["token", "authorization", "cookie", "password", "secret", "*.token", "*.authorization"],
    censor: "[hidden]",
  },
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
