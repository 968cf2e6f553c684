import { log } from "#lib/infra/log.ts";
import { listChannels, problemOf, readSenders, type Sender } from "./channels.ts";
import { type Claimed, claimDeliveries, markFailed, markSent, tidyDeliveries } from "./delivery-store.ts";
import { eventText } from "./message.ts";
import { sendTests } from "./send-tests.job.ts";

/**
 * One round a channel, so that a slow receiver keeps no other channel waiting: each sends what is due and comes back; and
 * one for test messages, which wait for no channel's backlog.
 * Once `ending` is aborted nothing more is taken up. `patience` in milliseconds, for tests. Throws ConfigError where a variable is missing or unusable.
 */
export function deliveryRounds(patience?: number): ((ending?: AbortSignal) => Promise<void>)[] {
  const senders = readSenders(patience);
  const rounds = [...senders].map(
    ([channel, sender]) =>
      (ending?: AbortSignal) =>
        deliverDue(channel, sender, ending),
  );
  return senders.size === 0 ? [] : [...rounds, () => sendTests(senders)];
}

async function deliverDue(channel: string, sender: Sender, ending?: AbortSignal): Promise<void> {
  while (!ending?.aborted) {
    const claimed = await claimDeliveries(channel);
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((delivery) => deliver(channel, delivery, sender)));
  }
}

/** A worker that dies between the two lines sends again, under the same id: at least once, never lost. */
async function deliver(channel: string, delivery: Claimed, sender: Sender): Promise<void> {
  try {
    const { id, recipients, thread, message, kind } = delivery;
    await sender({ id, recipients, thread, text: eventText(message, kind) });
  } catch (error) {
    const problem = problemOf(error, { delivery: delivery.id });
    if (await markFailed(delivery, problem)) {
      log.error({ delivery: delivery.id, channel, reason: problem }, "a notification is given up");
    }
    return;
  }
  await markSent(delivery);
}

/** Ends what belongs to channels that are gone, and forgets what is long over. */
export function tidyNotifications(): Promise<void> {
  return tidyDeliveries(listChannels().map(({ id }) => id));
}
