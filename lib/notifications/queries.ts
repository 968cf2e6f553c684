import * as z from "zod";
import { seesAll, type UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import { newestTests } from "./channel-test-store.ts";
import { listChannels } from "./channels.ts";
import type { ChannelTestView, ChannelView, DeadDelivery, NotificationSettings } from "./schema.ts";

const mostShown = 50;

/**
 * The channels in force and, for those who see every project, what came of their tests, how many messages wait, and the
 * newest that were given up.
 */
export const getNotificationSettings = query({
  input: z.strictObject({}),
  run: async (actor: UserActor): Promise<NotificationSettings> => {
    if (!seesAll(actor)) return { channels: channelViews(new Map()), deliveries: null };
    const waiting = await db().notificationDelivery.count({ where: { state: "waiting" } });
    const deliveries = { waiting, dead: await listDead(), given_up: await countDead() };
    return { channels: channelViews(await newestTests()), deliveries };
  },
});

function channelViews(tests: ReadonlyMap<string, ChannelTestView>): ChannelView[] {
  return listChannels().map(({ id, events }) => ({ id, events, test: tests.get(id) ?? null }));
}

async function countDead() {
  const rows = await db().notificationDelivery.groupBy({
    by: ["channel"],
    where: { state: "dead" },
    _count: true,
    orderBy: { channel: "asc" },
  });
  return rows.map(({ channel, _count: count }) => ({ channel, count }));
}

async function listDead(): Promise<DeadDelivery[]> {
  const rows = await db().$queryRaw<
    (Omit<DeadDelivery, "request"> & { requestId: string; number: number })[]
  >`
    select d.id, d.channel, a.event, d."requestId", r.number, coalesce(d.problem, '') as problem,
      to_char(d."endedAt" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ended_at
    from notification_delivery d join audit_event a on a.id = d."auditId" join request r on r.id = d."requestId"
    where d.state = 'dead' order by d."endedAt" desc limit ${mostShown}`;
  return rows.map(({ requestId, number, ...row }) => ({ ...row, request: { id: requestId, number } }));
}
