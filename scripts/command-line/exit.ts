import { ApiRefusal, ApiUnreachable } from "#lib/api-client/client.ts";
import { AppError } from "#lib/core/errors.ts";
import { ConfigError } from "#lib/infra/config.ts";

/**
 * Ends the tool with a message on standard error: 1 refused or failed, 2 misused, 3 not running or not to be reached,
 * 4 the request that was waited for ended in another way than completed.
 */
export class Exit extends Error {
  readonly code: 1 | 2 | 3 | 4;
  constructor(code: 1 | 2 | 3 | 4, message: string) {
    super(message);
    this.code = code;
  }
}

const isMisuse = (error: unknown) =>
  error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Exit) return error.code;
  if (error instanceof ApiUnreachable) return 3;
  return isMisuse(error) ? 2 : 1;
}

/** What standard error says of an error: its message and its faults; a stack only of what nobody expected. */
export function linesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const faults =
    error instanceof ApiRefusal ? error.problem.errors : error instanceof AppError ? error.errors : [];
  const expected = [Exit, AppError, ConfigError, ApiRefusal, ApiUnreachable].some(
    (kind) => error instanceof kind,
  );
  return [
    (expected || isMisuse(error) ? error.message : error.stack) ?? error.message,
    ...faults.map(({ path, message }) => `  ${path || "/"}: ${message}`),
  ];
}
