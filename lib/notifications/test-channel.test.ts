import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { deliveryRounds } from "./deliver.job.ts";
import { fanOut } from "./fan-out.job.ts";
import { getNotificationSettings } from "./queries.ts";
import { startMailServer, startReceiver } from "./receivers.fixture.ts";
import { testChannel } from "./test-channel.ts";

useTestConfig(`notifications:
  - webhook: { url_env: TEST_HOOK_URL, secret_env: TEST_HOOK_SECRET, events: [request.reject] }
  - slack: { url_env: TEST_SLACK_URL, events: ["*"] }
  - email: { smtp_env: TEST_SMTP_URL, from: tables@example.com, events: [request.reject] }
`);
useTestDatabase();

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const [hookId, slackId, mailId] = ["webhook TEST_HOOK_URL", "slack TEST_SLACK_URL", "email TEST_SMTP_URL"];
let hook: Awaited<ReturnType<typeof startReceiver>>;
let slack: Awaited<ReturnType<typeof startReceiver>>;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let pat: UserActor;

beforeAll(async () => {
  [hook, slack, smtp] = await Promise.all([startReceiver(), startReceiver(), startMailServer()]);
  Object.assign(process.env, {
    TEST_HOOK_URL: hook.url,
    TEST_HOOK_SECRET: secret,
    TEST_SLACK_URL: slack.url,
    TEST_SMTP_URL: smtp.url,
  });
  pat = await makeActor("platform");
});
afterAll(() => Promise.all([hook.stop(), slack.stop(), smtp.stop()]));

const work = () => Promise.all(deliveryRounds().map((deliver) => deliver()));

async function outcome(channel: string) {
  const { channels } = await getNotificationSettings(pat, {});
  return channels.find(({ id }) => id === channel)?.test;
}

test("a test message goes the way of real ones, says that it is a test, and is on record", async () => {
  for (const channel of [hookId, slackId, mailId]) await testChannel(pat, { channel });
  expect(await outcome(hookId)).toMatchObject({ state: "under way", asked_by: pat.name });
  await work();
  for (const channel of [hookId, slackId, mailId])
    expect(await outcome(channel)).toMatchObject({ state: "delivered", problem: null });

  const [call] = hook.received.splice(0);
  new Webhook(secret).verify(call!.body, call!.headers as Record<string, string>);
  expect(JSON.parse(call!.body)).toMatchObject({ type: "channel.test", data: { actor: pat.name } });
  const [mail] = smtp.mails.splice(0);
  expect(mail?.to).toEqual([pat.email]);
  expect((await outcome(mailId))?.recipient).toBe(pat.email);
  for (const text of [call!.body, slack.received.splice(0)[0]!.body, mail!.source])
    expect(text).toMatch(/This is a test message from Tests, asked for by/);
  const lines = await db().auditEvent.findMany({ where: { event: "channel.test" }, orderBy: { id: "asc" } });
  expect(lines.map(({ subjectId, data }) => [subjectId, data])).toEqual([
    [hookId, {}],
    [slackId, {}],
    [mailId, { to: pat.email }],
  ]);
});

test("a test waits for no request's messages, and holds none of them back", async () => {
  slack.answer = () => 500;
  const id = await makeRequest(await makeActor("shop-devs"));
  await fanOut();
  await work();
  slack.answer = () => 204;
  slack.received.splice(0);
  await testChannel(pat, { channel: slackId });
  await work();
  expect(slack.received.splice(0)).toHaveLength(1);
  expect(await outcome(slackId)).toMatchObject({ state: "delivered" });
  const rows = await db().notificationDelivery.findMany({ where: { requestId: id } });
  expect(rows.map(({ state, attempt }) => `${attempt} ${state}`)).toEqual(["1 waiting"]);
  await db().notificationDelivery.deleteMany();
});

test("one that fails says what happened and what to do, once, and shows no address", async () => {
  hook.answer = () => 404;
  await testChannel(pat, { channel: hookId });
  await work();
  await work();
  hook.answer = () => 204;
  expect(hook.received.splice(0)).toHaveLength(1);
  const failed = await outcome(hookId);
  expect(failed?.state).toBe("failed");
  expect(failed?.problem).toMatch(/^The receiver answered 404\. See that TEST_HOOK_URL .*TEST_HOOK_SECRET/);
  expect(failed?.problem).not.toContain(hook.url);
});

test("a mail server's own words and the advice after them are two sentences", async () => {
  smtp.refusal = "mailbox is full";
  await testChannel(pat, { channel: mailId });
  await work();
  smtp.refusal = null;
  expect((await outcome(mailId))?.problem).toContain("450 mailbox is full. See that TEST_SMTP_URL ");
});

test("one test of a channel at a time: what nobody took up within a minute has failed, never goes out late, and can be asked for anew", async () => {
  await testChannel(pat, { channel: hookId });
  await expect(testChannel(pat, { channel: hookId })).rejects.toMatchObject({ code: "CONFLICT" });
  await db().channelTest.update({
    where: { channel: hookId },
    data: { askedAt: new Date(Date.now() - 61_000) },
  });
  expect(await outcome(hookId)).toMatchObject({
    state: "failed",
    problem: expect.stringContaining("No worker took it up"),
  });
  await work();
  expect(hook.received).toHaveLength(0);
  await testChannel(pat, { channel: hookId });
  await Promise.all([work(), work()]);
  expect(hook.received.splice(0)).toHaveLength(1);
});

test("one whose worker died says so after a minute, and is not sent again by itself", async () => {
  await testChannel(pat, { channel: hookId });
  const longAgo = new Date(Date.now() - 61_000);
  await db().channelTest.update({
    where: { channel: hookId },
    data: { askedAt: longAgo, claimedAt: longAgo },
  });
  await work();
  expect(hook.received).toHaveLength(0);
  expect((await outcome(hookId))?.problem).toMatch(/ended before it knew; the message may have arrived/);
});

test("nobody but the command line says to whom a test e-mail goes, and there is no test of a channel that is not in the file", async () => {
  await expect(testChannel(pat, { channel: mailId, to: "noor@example.com" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(testChannel(pat, { channel: "slack OTHER" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
