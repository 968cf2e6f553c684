import pino from "pino";
import { env } from "./env.ts";
import { logContext } from "./log-context.ts";

/** Structured log lines to standard output; errors are logged with their stack, secrets never reach it. */
export const log = pino({
  level: env.logLevel,
  base: null,
  mixin: logContext,
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
