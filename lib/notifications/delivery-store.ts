import { db, type Tx } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { EventMessage, MessageKind, NotifiedEvent } from "./schema.ts";

/** Longer than any attempt may take: then its worker is dead, and another sends again under the same id. */
const leaseSeconds = 60;
const atOnce = 10;
/** The last try is about ten hours after the first. */
const mostTries = 20;
const firstWaitSeconds = 5;
const longestWaitSeconds = 3_600;

export type Claimed = {
  id: string;
  attempt: number;
  kind: MessageKind;
  recipients: string[];
  thread: string | null;
  message: EventMessage;
};

/**
 * Takes up deliveries of a channel that are due. One that waits holds back the later ones of its request on its channel,
 * and no others.
 */
export async function claimDeliveries(channel: string): Promise<Claimed[]> {
  const rows = await db().$queryRaw<ClaimedRow[]>`
    with claimed as (
      update notification_delivery set attempt = attempt + 1,
        "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}::int)
      where id in (
        select d.id from notification_delivery d
        where d.state = 'waiting' and d.channel = ${channel} and d."dueAt" <= now()
          and ("leaseUntil" is null or "leaseUntil" < now())
          and not exists (
            select 1 from notification_delivery e
            where e.state = 'waiting' and e.channel = d.channel and e."requestId" = d."requestId"
              and (e."auditId", e.id) < (d."auditId", d.id))
        order by d."dueAt" limit ${atOnce} for update skip locked)
      returning *)
    select c.id, c.attempt, c.kind, c.recipients, c.thread, c."requestState", c.turn, c."requestId",
      a.event, a.at, a."actorKind", a."actorName", a.comment, a.version, a.data->>'expiresAt' as "expiresAt",
      a.data->'changes' as changes, actor.email as "actorEmail",
      r.number, r.kind as "requestKind", r.project, r.environment, r.version as "requestVersion",
      u.email as "requesterEmail", u.name as "requesterName"
    from claimed c
    join audit_event a on a.id = c."auditId"
    join request r on r.id = c."requestId"
    join "user" u on u.id = r."requesterId"
    left join "user" actor on actor.id = a."actorId" and a."actorKind" = 'user'`;
  return rows.map(toClaimed);
}

type ClaimedRow = Omit<Claimed, "message"> & {
  requestId: string;
  requestState: string;
  turn: string | null;
  expiresAt: string | null;
  changes: string[] | null;
  event: string;
  at: Date;
  actorKind: string;
  actorName: string;
  actorEmail: string | null;
  comment: string | null;
  version: number | null;
  number: number;
  requestKind: string;
  project: string;
  environment: string;
  requestVersion: number;
  requesterEmail: string;
  requesterName: string;
};

/** What a rule approves has whoever asked as its actor in the audit, but was nobody's decision. */
const byPerson = ({ actorKind, event }: ClaimedRow) =>
  actorKind === "user" && event !== "request.approve-by-rule";

function toClaimed(row: ClaimedRow): Claimed {
  const { id, attempt, kind, recipients, thread } = row;
  const message: EventMessage = {
    event: row.event as NotifiedEvent,
    at: row.at.toISOString(),
    actor: byPerson(row) ? (row.actorEmail ?? row.actorName) : "system",
    comment: row.comment,
    version: row.version,
    turn: row.turn,
    expires_at: row.expiresAt,
    changes: row.changes,
    request: {
      id: row.requestId,
      number: row.number,
      kind: row.requestKind,
      state: row.requestState,
      version: row.version ?? row.requestVersion,
      project: row.project,
      environment: row.environment,
      requester: row.requesterEmail,
      url: `${env.url}/requests/${row.requestId}`,
    },
    names: { actor: row.actorName, requester: row.requesterName },
  };
  return { id, attempt, kind, recipients, thread, message };
}

/** Ends a delivery that got through, unless another worker has taken it up meanwhile. */
export async function markSent({ id, attempt }: Claimed): Promise<void> {
  await db().$executeRaw`
    update notification_delivery set state = 'sent', "endedAt" = now(), "leaseUntil" = null, problem = null
    where id = ${id}::uuid and attempt = ${attempt} and state = 'waiting'`;
}

/**
 * Has a delivery that failed wait for its next try, twice as long each time, from 5 s to an hour, with
 * jitter; after the last one it is dead and holds nothing back any more. Answers whether it is.
 */
export async function markFailed({ id, attempt }: Claimed, problem: string): Promise<boolean> {
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** ((attempt - 1) % mostTries));
  // A message that is sent again has as many tries once more: the fence only ever counts up.
  const dead = attempt % mostTries === 0;
  const changed = await db().$executeRaw`
    update notification_delivery set problem = ${problem}, "leaseUntil" = null,
      state = case when ${dead} then 'dead' else state end,
      "endedAt" = case when ${dead} then now() end,
      "dueAt" = now() + make_interval(secs => ${wait}::float8 * (0.5 + random() / 2))
    where id = ${id}::uuid and attempt = ${attempt} and state = 'waiting'`;
  return dead && changed > 0;
}

/**
 * What no worker can send, since its channel is in no configuration, is dead after a day: until then a worker that was
 * started with another file may still know it. What was sent is forgotten after 30 days, what was given up, and notices,
 * after 90.
 */
export async function tidyDeliveries(known: readonly string[]): Promise<void> {
  await db().$executeRaw`
    update notification_delivery set state = 'dead', "endedAt" = now(),
      problem = 'The configuration has no such channel any more.'
    where state = 'waiting' and channel <> all(${known}) and "createdAt" < now() - interval '1 day'`;
  await db().$executeRaw`
    delete from notification_delivery where (state = 'sent' and "endedAt" < now() - interval '30 days')
      or (state = 'dead' and "endedAt" < now() - interval '90 days')`;
  await db().$executeRaw`
    delete from channel_test where channel <> all(${known}) and "askedAt" < now() - interval '1 day'`;
  await db().$executeRaw`delete from notice where "createdAt" < now() - interval '90 days'`;
}

/** A delivery, locked until the transaction ends. */
export async function lockDelivery(tx: Tx, id: string) {
  const rows = await tx.$queryRaw<{ id: string; state: string; channel: string }[]>`
    select id, state, channel from notification_delivery where id = ${id}::uuid for update`;
  return rows[0];
}

/** Waits again, due at once, with all its tries before it. A day counts from here for a channel that is gone. */
const revived = Prisma.sql`state = 'waiting', "dueAt" = now(), "endedAt" = null, "createdAt" = now()`;

/** Puts a dead delivery back among those that wait. */
export async function reviveDelivery(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`update notification_delivery set ${revived} where id = ${id}::uuid`;
}

/** The same for all dead deliveries of a channel; answers how many. */
export async function reviveChannel(tx: Tx, channel: string): Promise<number> {
  return tx.$executeRaw`
    update notification_delivery set ${revived} where state = 'dead' and channel = ${channel}`;
}
