import { jobs } from "#lib/core/job.ts";
import type { Runner } from "./runner.ts";

/** The job `provisioning.run`: notes the request's operations and returns; the runner does the work. */
export function runJob(runner: Runner) {
  return async (payload: unknown): Promise<void> => {
    const { requestId } = jobs["provisioning.run"].parse(payload);
    await runner.takeUp(requestId);
  };
}
