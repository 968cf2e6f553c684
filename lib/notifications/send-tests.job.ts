import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { type ClaimedTest, claimTests, endTest } from "./channel-test-store.ts";
import { listChannels, problemOf, type Sender, whatToDo } from "./channels.ts";
import { testText } from "./message.ts";

/** Sends the test messages that were asked for, on the way that real ones take. */
export async function sendTests(senders: ReadonlyMap<string, Sender>): Promise<void> {
  const claimed = await claimTests([...senders.keys()]);
  await Promise.all(claimed.map((test) => send(test, senders.get(test.channel)!)));
}

async function send(test: ClaimedTest, sender: Sender): Promise<void> {
  const text = testText({
    installation: getConfig().name,
    actor: test.askedByName,
    at: test.askedAt.toISOString(),
    url: `${env.url}/settings/notifications`,
  });
  const recipients = test.recipient === null ? [] : [test.recipient];
  const problem = await sender({ id: test.id, recipients, thread: null, text }).then(
    () => null,
    (error: unknown) => `${sentence(problemOf(error, { test: test.id }))} ${adviceFor(test.channel)}`.trim(),
  );
  await endTest(test.id, problem);
}

/** A mail server's answer seldom ends like one. */
const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);

function adviceFor(id: string): string {
  const channel = listChannels().find((one) => one.id === id);
  return channel ? whatToDo(channel) : "";
}
