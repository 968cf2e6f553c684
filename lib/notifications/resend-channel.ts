import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { findChannel } from "./channels.ts";
import { reviveChannel } from "./delivery-store.ts";
import { canResend } from "./policy.ts";

/**
 * Has all that was given up on a channel tried again, as after a receiver was away for longer than the tries last; in the
 * order it was in. Answers how many. Throws NOT_FOUND where the configuration has no such channel (any more), CONFLICT where
 * there is nothing (any more).
 */
export const resendChannel = command({
  name: "channel.resend",
  input: z.strictObject({ channel: z.string().min(1).max(255) }),
  load: async (_tx, { channel }) => channel,
  authorize: (actor) => canResend(actor),
  run: async ({ tx, subject: channel }) => {
    findChannel(channel);
    const count = await reviveChannel(tx, channel);
    if (count === 0) throw new AppError("CONFLICT", `No message is given up on ${channel} (any more).`);
    return { result: { count }, subject: { id: channel }, audit: { count } };
  },
});
