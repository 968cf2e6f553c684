import { inTransaction } from "#lib/core/command.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Tx } from "#lib/infra/db.ts";
import { audienceOf } from "./audience.ts";
import { type Channel, listChannels, wants } from "./channels.ts";
import {
  findAsked,
  findDecided,
  findPeople,
  forgetTurn,
  type OutboxEntry,
  takeOutbox,
} from "./outbox-store.ts";
import { isAddress, isNotified, type MessageKind, type NotifiedEvent } from "./schema.ts";

/** Turns the outbox into notices and deliveries, until it is empty, another worker is at it, or `ending` is aborted. */
export async function fanOut(ending?: AbortSignal): Promise<void> {
  while (!ending?.aborted) {
    const taken = await inTransaction(async (tx) => {
      const entries = (await takeOutbox(tx)) ?? [];
      for (const entry of entries) await tell(tx, entry);
      return entries.length;
    });
    if (taken === 0) return;
  }
}

async function tell(tx: Tx, entry: OutboxEntry): Promise<void> {
  const { event: name } = entry.event;
  if (!isNotified(name)) return;
  const addresses = await tellPeople(tx, entry, name);
  for (const channel of listChannels().filter((one) => wants(one, name))) {
    if (channel.kind !== "email") await addDelivery(tx, entry, channel, "event", []);
    else
      for (const [kind, recipients] of addresses) {
        if (recipients.length > 0) await addDelivery(tx, entry, channel, kind, recipients);
      }
  }
}

/** Writes the notices of an event; answers whom to write to, and in which words. Never the person who did it. */
async function tellPeople(tx: Tx, entry: OutboxEntry, name: NotifiedEvent) {
  const asked = await findAsked(tx, entry.requestId);
  const actorId = entry.event.actorId;
  const { asks, again, handled, tellsRequester } = audienceOf({
    event: name,
    state: entry.state,
    turn: entry.turn,
    asked: asked[0]?.group ?? null,
    byRequester: actorId === entry.requesterId,
  });
  const others = <P extends { id: string }>(people: P[]) => people.filter(({ id }) => id !== actorId);
  const over = handled ? others(await findPeople(tx, { ids: asked.map(({ personId }) => personId) })) : [];
  if (handled) await endTurn(tx, entry);
  // Somebody who has done their part sees no more that it waits for them.
  else if (name === "request.approve") await endTurn(tx, entry, actorId);
  const deciding = asks === null ? [] : others(await findDeciding(tx, entry, asks));
  // What is said again takes the place of what was said before.
  if (again) await forgetTurn(tx, entry.requestId);
  const told = tellsRequester ? others(await findPeople(tx, { ids: [entry.requesterId] })) : [];
  const common = {
    auditId: entry.auditId,
    requestId: entry.requestId,
    event: name,
    actorName: entry.event.actorName,
  };
  await tx.notice.createMany({
    data: [
      ...deciding.map(({ id }) => ({ ...common, personId: id, kind: "turn", group: asks })),
      ...told.map(({ id }) => ({ ...common, personId: id, kind: "news" })),
    ],
    skipDuplicates: true,
  });
  const emails = (people: { email: string }[]) => people.map(({ email }) => email).filter(isAddress);
  const stillAsked = new Set(deciding.map(({ id }) => id));
  return [
    ["turn", emails(deciding)],
    ["handled", emails(over.filter(({ id }) => !stillAsked.has(id)))],
    ["news", emails(told)],
  ] satisfies [MessageKind, string[]][];
}

/** Who of a group can decide on a request: not whoever asked, unless that is allowed, no auditor, and nobody twice. */
async function findDeciding(tx: Tx, { requestId, requesterId }: OutboxEntry, group: string) {
  const [people, decided] = [await findPeople(tx, { group }), await findDecided(tx, requestId)];
  const { self_approval, auditor_group } = getConfig();
  return people
    .filter(({ groups }) => auditor_group === null || !groups.includes(auditor_group))
    .filter(({ id }) => !decided.has(id) && (self_approval || id !== requesterId));
}

async function endTurn(tx: Tx, entry: OutboxEntry, personId?: string): Promise<void> {
  await tx.notice.updateMany({
    where: { requestId: entry.requestId, kind: "turn", handledAt: null, ...(personId && { personId }) },
    data: { handledBy: entry.event.actorName, handledAt: entry.event.at },
  });
}

async function addDelivery(
  tx: Tx,
  entry: OutboxEntry,
  channel: Channel,
  kind: MessageKind,
  recipients: string[],
): Promise<void> {
  const group = kind === "news" ? ["news"] : ["turn", "handled"];
  const first =
    channel.kind === "email"
      ? await tx.notificationDelivery.findFirst({
          where: { requestId: entry.requestId, channel: channel.id, kind: { in: group } },
          orderBy: { auditId: "asc" },
          select: { id: true },
        })
      : null;
  await tx.notificationDelivery.createMany({
    data: {
      auditId: entry.auditId,
      requestId: entry.requestId,
      channel: channel.id,
      kind,
      recipients,
      thread: first?.id ?? null,
      requestState: entry.state,
      turn: entry.turn,
    },
    skipDuplicates: true,
  });
}
