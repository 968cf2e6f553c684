import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { makeActor } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { tidyNotifications } from "./deliver.job.ts";
import { resendNotification } from "./resend.ts";
import { resendChannel } from "./resend-channel.ts";

useTestConfig('notifications: [{ slack: { url_env: TEST_SLACK_URL, events: ["*"] } }]');
useTestDatabase();

const goneChannel = "slack GONE_URL";
const delivery = {
  requestId: randomUUID(),
  channel: "slack TEST_SLACK_URL",
  kind: "event",
  requestState: "submitted",
};

test("nothing is sent again on a channel that is not in the file any more, for no worker would take it up", async () => {
  const pat = await makeActor("platform");
  const dead = { ...delivery, channel: goneChannel, auditId: 1, state: "dead" };
  const { id } = await db().notificationDelivery.create({ data: dead });
  const refusal = { code: "NOT_FOUND", message: "The configuration has no channel slack GONE_URL." };
  await expect(resendNotification(pat, { id })).rejects.toMatchObject(refusal);
  await expect(resendChannel(pat, { channel: goneChannel })).rejects.toMatchObject(refusal);
});

test("what waits for a channel that left the file is given up after a day, and nothing is kept for ever", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const rows = [
    { channel: goneChannel, createdAt: daysAgo(0.9) },
    { channel: goneChannel, createdAt: daysAgo(1.1) },
    { createdAt: daysAgo(1.1) },
    ...[29, 31].map((days) => ({ state: "sent", endedAt: daysAgo(days) })),
    ...[89, 91].map((days) => ({ state: "dead", endedAt: daysAgo(days) })),
  ];
  await db().notificationDelivery.deleteMany();
  await db().notificationDelivery.createMany({
    data: rows.map((row, at) => ({ ...delivery, auditId: at + 1, ...row })),
  });
  await tidyNotifications();
  const kept = await db().notificationDelivery.findMany({ orderBy: { auditId: "asc" } });
  expect(kept.map(({ auditId, state }) => `${auditId} ${state}`)).toEqual([
    "1 waiting",
    "2 dead",
    "3 waiting",
    "4 sent",
    "6 dead",
  ]);
});
