import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/job.ts";
import { getConfig } from "#lib/infra/config.ts";
import { openCheck } from "./check-store.ts";
import { canCheckEnvironment } from "./policy.ts";
import { checkInput } from "./schema.ts";

/**
 * Asks the workers to look whether they can do their work in an environment. Throws NOT_FOUND, CONFLICT while such a
 * check is open.
 */
export const checkEnvironment = command({
  name: "environment.check",
  input: checkInput,
  load: async (_tx, input) => {
    const found = getConfig().environments.find(({ name }) => name === input.environment);
    if (!found) throw new AppError("NOT_FOUND", `There is no environment ${input.environment}.`);
    return found;
  },
  authorize: canCheckEnvironment,
  run: async ({ tx, actor, subject }) => {
    const opened = await openCheck(tx, actor, subject.name);
    if (!opened) throw new AppError("CONFLICT", `A check of ${subject.name} is under way already.`);
    await enqueue(tx, "environment.check", {});
    return {
      result: { environment: subject.name },
      subject: { id: subject.name },
      audit: { account: subject.account, region: subject.region },
    };
  },
});
