import { type Actor, actorName } from "#lib/core/actor.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import type { ChannelTestView } from "./schema.ts";

/** Longer than any sending may take, and than a worker needs to take it up. */
const patienceSeconds = 60;

type Opened = { channel: string; id: string; recipient: string | null; actor: Actor };

/** Writes down that a test is wanted, in place of the channel's last one; false while that is under way. */
export async function openTest(tx: Tx, { channel, id, recipient, actor }: Opened): Promise<boolean> {
  const changed = await tx.$executeRaw`
    insert into channel_test as t (channel, "testId", recipient, "askedByName")
    values (${channel}, ${id}::uuid, ${recipient}, ${actorName(actor)})
    on conflict (channel) do update set "testId" = excluded."testId", recipient = excluded.recipient,
      "askedByName" = excluded."askedByName", "askedAt" = now(), "claimedAt" = null, "endedAt" = null, problem = null
      where t."endedAt" is not null or t."askedAt" < now() - make_interval(secs => ${patienceSeconds}::int)`;
  return changed > 0;
}

/** A test that a worker has taken up. */
export type ClaimedTest = {
  id: string;
  channel: string;
  recipient: string | null;
  askedByName: string;
  askedAt: Date;
};

/** Takes up the tests of these channels that nobody is at, and that whoever asked still waits for. */
export function claimTests(channels: readonly string[]): Promise<ClaimedTest[]> {
  return db().$queryRaw<ClaimedTest[]>`
    update channel_test set "claimedAt" = now()
    where channel = any(${channels}) and "claimedAt" is null
      and "askedAt" > now() - make_interval(secs => ${patienceSeconds}::int)
    returning "testId" as id, channel, recipient, "askedByName", "askedAt"`;
}

/** Ends a test, unless a newer one has taken its place. `problem` null: it was delivered. */
export async function endTest(id: string, problem: string | null): Promise<void> {
  await db().$executeRaw`
    update channel_test set "endedAt" = now(), problem = ${problem} where "testId" = ${id}::uuid`;
}

/** The newest test of each channel. One that nothing was heard of for a minute has failed. */
export async function newestTests(): Promise<Map<string, ChannelTestView>> {
  const rows = await db().$queryRaw<TestRow[]>`
    select *, "askedAt" < now() - make_interval(secs => ${patienceSeconds}::int) as late from channel_test`;
  return new Map(rows.map((row) => [row.channel, toView(row)]));
}

type TestRow = {
  channel: string;
  testId: string;
  recipient: string | null;
  askedByName: string;
  askedAt: Date;
  claimedAt: Date | null;
  endedAt: Date | null;
  problem: string | null;
  late: boolean;
};

function toView(row: TestRow): ChannelTestView {
  const problem = row.problem ?? (row.endedAt === null && row.late ? lostWords(row) : null);
  return {
    id: row.testId,
    asked_at: row.askedAt.toISOString(),
    asked_by: row.askedByName,
    recipient: row.recipient,
    state: problem !== null ? "failed" : row.endedAt === null ? "under way" : "delivered",
    problem,
  };
}

function lostWords({ claimedAt }: TestRow): string {
  return claimedAt === null
    ? "No worker took it up within a minute. See that one runs, started with the configuration in force."
    : "The worker that took it up ended before it knew; the message may have arrived. Ask again.";
}
