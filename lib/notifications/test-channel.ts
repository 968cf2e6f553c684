import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { openTest } from "./channel-test-store.ts";
import { type Channel, findChannel } from "./channels.ts";
import { canTestChannel } from "./policy.ts";
import { isAddress, testChannelInput } from "./schema.ts";

/**
 * Asks the workers to send a test message on a channel: they have its variables, and what they can reach is what counts.
 * Answers the test's id. Throws NOT_FOUND, CONFLICT while such a test is under way, INVALID where nobody can be written to.
 */
export const testChannel = command({
  name: "channel.test",
  input: testChannelInput,
  load: async (_tx, input) => findChannel(input.channel),
  authorize: (actor: Actor, _channel, input) => canTestChannel(actor, input),
  run: async ({ tx, actor, input, subject }) => {
    const recipient = recipientOf(subject, actor, input.to);
    const id = randomUUID();
    const opened = await openTest(tx, { channel: subject.id, id, recipient, actor });
    if (!opened) throw new AppError("CONFLICT", `A test of ${subject.id} is under way already.`);
    return {
      result: { id },
      subject: { id: subject.id },
      audit: { ...(recipient !== null && { to: recipient }) },
    };
  },
});

/** E-mail goes to the person who asks, so that they see it arrive. */
function recipientOf(channel: Channel, actor: Actor, to: string | undefined): string | null {
  if (channel.kind !== "email") return null;
  const recipient = actor.kind === "user" ? actor.email : (to ?? channel.from ?? "");
  if (isAddress(recipient)) return recipient;
  throw new AppError("INVALID", `No mail can be sent to ${JSON.stringify(recipient)}.`);
}
