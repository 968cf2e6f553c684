import { AppError } from "#lib/core/errors.ts";

const longestPauseMilliseconds = 30_000;

/** How long to wait before a query is asked again: as long as the server says where it was asked too often, else 1 s, doubling. */
export function pauseMilliseconds(failures: number, error: Error): number {
  if (isLimit(error) && error.retryAfterSeconds) return error.retryAfterSeconds * 1000;
  return Math.min(longestPauseMilliseconds, 1000 * 2 ** failures);
}

/** Whether the server refused because it was asked too often. */
export function isLimit(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "LIMIT";
}

/** What stands where something goes on by itself after being asked too often. */
export function tooOften(seconds: number): string {
  return `too many changes in a minute; trying again in ${seconds} s`;
}
