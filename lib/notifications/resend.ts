import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { findChannel } from "./channels.ts";
import { lockDelivery, reviveDelivery } from "./delivery-store.ts";
import { canResend } from "./policy.ts";

/**
 * Has a message that was given up tried again, under the same id and with all its tries. Throws NOT_FOUND, also where
 * the configuration has no such channel (any more), CONFLICT where it is not dead (any more).
 */
export const resendNotification = command({
  name: "notification.resend",
  input: z.strictObject({ id: z.guid() }),
  load: async (tx, input) => {
    const delivery = await lockDelivery(tx, input.id);
    if (!delivery) throw new AppError("NOT_FOUND", "There is no such message.");
    return delivery;
  },
  authorize: canResend,
  run: async ({ tx, subject }) => {
    if (subject.state !== "dead") throw new AppError("CONFLICT", "This message is not given up (any more).");
    findChannel(subject.channel);
    await reviveDelivery(tx, subject.id);
    return {
      result: { id: subject.id },
      subject: { id: subject.id },
      audit: { channel: subject.channel },
    };
  },
});
