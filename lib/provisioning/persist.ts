import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#lib/core/errors.ts";

/** Called before and after every side effect, with its name; tests end or freeze the process there. */
export type At = (point: string) => Promise<void>;

/** Longer than a database takes to come back from a crash. */
const patienceMilliseconds = 20_000;

/**
 * Runs one write, and repeats it while the database is away. Every write is fenced and moves states conditionally, so
 * one whose answer was lost does no harm when it is sent again. Throws UNAVAILABLE when the database stays away.
 */
export async function persist<T>(at: At, what: string, write: () => Promise<T>): Promise<T> {
  await at(`${what}: before`);
  const result = await repeated(write);
  await at(`${what}: after`);
  return result;
}

async function repeated<T>(write: () => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      const away = error instanceof AppError && error.code === "UNAVAILABLE";
      if (!away || performance.now() > until) throw error;
      await sleep(150);
    }
  }
}
