import * as z from "zod";
import type { SystemActor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { onlySystem } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import { findDueReminder, markReminded } from "./reminder-store.ts";
import { lockRequest } from "./store.ts";

/**
 * Speaks of a request that waits and that nobody did anything about, before it expires. It goes on waiting as it was: when it
 * expires does not change. Throws CONFLICT when it is not time (any more), or another worker was quicker.
 */
export const remindRequest = command({
  name: "request.remind",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, input, actor: SystemActor) => {
    const request = await lockRequest(tx, input.id, actor);
    const expiresAt = await findDueReminder(tx, input.id);
    if (!expiresAt) throw new AppError("CONFLICT", `Request ${request.number} needs no reminder now.`);
    return { ...request, expiresAt };
  },
  authorize: onlySystem,
  run: async ({ tx, subject }) => {
    await markReminded(tx, subject.id);
    return {
      result: { id: subject.id },
      subject: { id: subject.id, version: subject.version },
      audit: { expiresAt: subject.expiresAt.toISOString() },
    };
  },
});
