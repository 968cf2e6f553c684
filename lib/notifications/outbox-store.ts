import type { Tx } from "#lib/infra/db.ts";
import type { AuditEvent, NotificationOutbox, User } from "#prisma/generated/client.ts";

/** So few that they fit into a transaction whose time is bounded, also where people, channels and a slow database are many. */
const atOnce = 20;

/** Keys of advisory locks are numbers; this one is nobody else's. */
const fanOutLock = 7_205_101;

export type OutboxEntry = NotificationOutbox & {
  event: AuditEvent;
  requesterId: string;
};

/**
 * Takes the oldest entries, in order, and deletes them with the transaction. One worker at a time: two could turn a
 * later event of a request into deliveries before an earlier one, and the order would be lost. Null: another is at it.
 */
export async function takeOutbox(tx: Tx): Promise<OutboxEntry[] | null> {
  const [lock] = await tx.$queryRaw<
    { got: boolean }[]
  >`select pg_try_advisory_xact_lock(${fanOutLock}) as got`;
  if (!lock?.got) return null;
  const rows = await tx.notificationOutbox.findMany({ orderBy: { auditId: "asc" }, take: atOnce });
  if (rows.length === 0) return [];
  await tx.notificationOutbox.deleteMany({ where: { auditId: { in: rows.map((row) => row.auditId) } } });
  const events = await tx.auditEvent.findMany({ where: { id: { in: rows.map((row) => row.auditId) } } });
  const requests = await tx.request.findMany({
    where: { id: { in: rows.map((row) => row.requestId) } },
    select: { id: true, requesterId: true },
  });
  const eventOf = new Map(events.map((event) => [event.id, event]));
  const requesterOf = new Map(requests.map(({ id, requesterId }) => [id, requesterId]));
  return rows.flatMap((row) => {
    const event = eventOf.get(row.auditId);
    const requesterId = requesterOf.get(row.requestId);
    return event && requesterId ? [{ ...row, event, requesterId }] : [];
  });
}

/** Everybody active whom `ids` names or who was in `group` at their last sign-in. */
export function findPeople(
  tx: Tx,
  { ids = [], group }: { ids?: string[]; group?: string | null },
): Promise<User[]> {
  return tx.user.findMany({
    where: {
      deactivatedAt: null,
      OR: [{ id: { in: ids } }, ...(group ? [{ groups: { has: group } }] : [])],
    },
  });
}

/** Who was told that this request waits for them, and has not been told otherwise. */
export function findAsked(tx: Tx, requestId: string) {
  return tx.notice.findMany({
    where: { requestId, kind: "turn", handledAt: null },
    select: { personId: true, group: true },
  });
}

/** Who has decided on a request as it is now. */
export async function findDecided(tx: Tx, requestId: string): Promise<Set<string>> {
  const { version, approvals } = await tx.request.findUniqueOrThrow({
    where: { id: requestId },
    select: { version: true, approvals: { select: { personId: true, version: true } } },
  });
  return new Set(approvals.filter((one) => one.version === version).map((one) => one.personId));
}

/** Takes back the notices that a request waits. */
export async function forgetTurn(tx: Tx, requestId: string): Promise<void> {
  await tx.notice.deleteMany({ where: { requestId, kind: "turn", handledAt: null } });
}
