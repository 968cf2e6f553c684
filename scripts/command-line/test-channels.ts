import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { SystemActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { env } from "#lib/infra/env.ts";
import { newestTests } from "#lib/notifications/channel-test-store.ts";
import { type Channel, listChannels } from "#lib/notifications/channels.ts";
import type { ChannelTestView } from "#lib/notifications/schema.ts";
import { testChannel } from "#lib/notifications/test-channel.ts";
import { findMissingWorker } from "#lib/provisioning/queries.ts";
import { Exit } from "./exit.ts";

const secondsBetweenLooks = 0.5;

/**
 * Has workers send a test message on the channels that `args` names, or on all, and prints a line on each as soon as it is
 * known. `findDatabase` reaches the database, which only a sound command line needs. Throws Exit: 1 where one failed, 2
 * misused, 3 where no worker runs.
 */
export async function testChannels(
  actor: SystemActor,
  args: string[],
  findDatabase: () => Promise<void>,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { to: { type: "string" } },
  });
  const channels = chosen(positionals.join(" "));
  if (values.to !== undefined && !channels.some(({ kind }) => kind === "email"))
    throw new Exit(2, "--to says where a test e-mail goes, and none of these channels is e-mail.");
  await findDatabase();
  const silence = await findMissingWorker();
  if (silence)
    throw new Exit(
      3,
      `No worker runs, and it is workers that send (the last sign of one: ${silence.since}). A worker does not start while a variable of a channel is missing: its log says which.`,
    );
  const outcomes = await Promise.all(channels.map((channel) => testOne(actor, channel, values.to)));
  const failed = outcomes.filter((delivered) => !delivered).length;
  if (failed > 0) throw new Exit(1, `${failed} of ${channels.length} not delivered.`);
}

/** A channel's name is its kind and variable; the variable alone does. */
function chosen(name: string): Channel[] {
  const channels = listChannels();
  if (channels.length === 0) throw new Exit(1, `${env.configFile} names no channel under notifications.`);
  const found = channels.filter(({ id }) => name === "" || id === name || id.endsWith(` ${name}`));
  if (found.length > 0) return found;
  throw new Exit(
    1,
    `There is no channel ${name} in ${env.configFile}: it has ${channels.map(({ id }) => id).join(", ")}.`,
  );
}

/** Whether the message was delivered; prints which, and what to do if not. */
async function testOne(actor: SystemActor, channel: Channel, to: string | undefined): Promise<boolean> {
  const { recipient, problem } = await outcomeOf(actor, {
    channel: channel.id,
    ...(channel.kind === "email" && to !== undefined && { to }),
  });
  if (problem === null)
    console.log(`${channel.id}: delivered${recipient === null ? "" : `, to ${recipient}`}`);
  else console.error(`${channel.id}: not delivered. ${problem}`);
  return problem === null;
}

type TestOutcome = Pick<ChannelTestView, "recipient" | "problem">;

/** A test that nothing is heard of ends by itself within a minute. */
async function outcomeOf(actor: SystemActor, input: { channel: string; to?: string }): Promise<TestOutcome> {
  try {
    const { id } = await testChannel(actor, input);
    for (;;) {
      const test = (await newestTests()).get(input.channel);
      if (test?.id !== id) return { recipient: null, problem: "Somebody else's test has taken its place." };
      if (test.state !== "under way") return test;
      await pause(secondsBetweenLooks * 1000);
    }
  } catch (error) {
    if (error instanceof AppError) return { recipient: null, problem: error.message };
    throw error;
  }
}
