import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { reevaluateRequests } from "#lib/requests/re-evaluate.job.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { previewRequest } from "#lib/requests/wizard-queries.ts";
import { aRequestBody, makeActor, makePerson, makeRequest } from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { deliveryRounds } from "./deliver.job.ts";
import { fanOut } from "./fan-out.job.ts";
import { getNotificationSettings } from "./queries.ts";
import { startMailServer, startReceiver } from "./receivers.fixture.ts";
import { resendNotification } from "./resend.ts";
import { resendChannel } from "./resend-channel.ts";

useTestConfig(`notifications:
  - webhook: { url_env: TEST_HOOK_URL, secret_env: TEST_HOOK_SECRET, events: ["*"] }
  - slack: { url_env: TEST_SLACK_URL, events: [request.submit, request.approve] }
  - email: { smtp_env: TEST_SMTP_URL, from: tables@example.com, events: ["*"] }
`);
useTestDatabase();

const secret = `whsec_${randomBytes(32).toString("base64")}`;
let hook: Awaited<ReturnType<typeof startReceiver>>;
let slack: Awaited<ReturnType<typeof startReceiver>>;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let [dana, pat, priya]: UserActor[] = [];

beforeAll(async () => {
  [hook, slack, smtp] = await Promise.all([startReceiver(), startReceiver(), startMailServer()]);
  Object.assign(process.env, {
    TEST_HOOK_URL: hook.url,
    TEST_HOOK_SECRET: secret,
    TEST_SLACK_URL: slack.url,
    TEST_SMTP_URL: smtp.url,
  });
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  priya = await makeActor("platform");
});
afterAll(() => Promise.all([hook.stop(), slack.stop(), smtp.stop()]));

/** What workers do once every wait is over; `patience` with a receiver in milliseconds. */
async function work(patience?: number) {
  await db().notificationDelivery.updateMany({ where: { state: "waiting" }, data: { dueAt: new Date(0) } });
  await fanOut();
  await Promise.all(deliveryRounds(patience).map((deliver) => deliver()));
}

const hookRows = (requestId: string) =>
  db().notificationDelivery.findMany({
    where: { requestId, channel: "webhook TEST_HOOK_URL" },
    orderBy: { auditId: "asc" },
  });
const callsFor = (requestId: string) =>
  hook.received
    .map(({ headers, body }) => ({ id: headers["webhook-id"], ...JSON.parse(body) }))
    .filter(({ data }) => data.request.id === requestId);
/** A mail's text without the breaks that transport puts into long lines. */
const plainText = (source: string) => source.replaceAll("=\r\n", "");
const typesOf = (calls: { type: string }[]) => calls.map(({ type }) => type);

test("a receiver that is down, then slow, then answering 500 gets every event, in order per request, signed", async () => {
  const requests = await Promise.all([makeRequest(dana!), makeRequest(dana!)]);
  for (const id of requests) {
    await commentOnRequest(pat!, { id, comment: "Is that needed?" });
    await approveRequest(pat!, { id, version: 1 });
  }
  await hook.stop();
  await work();
  await work();
  for (const id of requests) {
    const tries = (await hookRows(id)).map(({ attempt, state }) => `${attempt} ${state}`);
    expect(tries).toEqual(["2 waiting", "0 waiting", "0 waiting"]);
  }
  await hook.start();
  hook.answer = () => null;
  await work(150);
  hook.answer = () => 500;
  await work();
  const troubled = hook.received.splice(0);
  expect(troubled).toHaveLength(2 * requests.length);
  hook.answer = () => 204;
  await work();

  for (const id of requests) {
    expect(typesOf(callsFor(id))).toEqual(["request.submit", "request.comment", "request.approve"]);
    expect((await hookRows(id)).map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
  }
  const verifier = new Webhook(secret);
  for (const { headers, body } of [...troubled, ...hook.received]) {
    expect(() => verifier.verify(body, headers as Record<string, string>)).not.toThrow();
  }
  const idOf = ({ headers }: (typeof troubled)[number]) => headers["webhook-id"];
  expect(hook.received.map(idOf)).toEqual(expect.arrayContaining(troubled.map(idOf)));
});

test("a webhook says what happened to which request and leads to it; it follows no redirect", async () => {
  const id = await makeRequest(dana!);
  await rejectRequest(pat!, { id, version: 1, comment: "Use the other table" });
  hook.answer = () => 302;
  await work();
  expect((await hookRows(id))[0]?.problem).toMatch(/302: redirects are not followed/);
  hook.answer = () => 204;
  await work();
  expect(callsFor(id).at(-1)).toMatchObject({
    type: "request.reject",
    data: {
      event: "request.reject",
      actor: pat!.email,
      comment: "Use the other table",
      version: 1,
      request: { id, state: "rejected", project: "shop", environment: "stage", requester: dana!.email },
    },
  });
  expect(callsFor(id).at(-1).data.request.url).toMatch(new RegExp(`^http.*/requests/${id}$`));
  expect(callsFor(id)[0].data.request.state).toBe("submitted");
});

test("a worker that stops takes up nothing more of a backlog, which waits for the next", async () => {
  await work();
  for (let made = 0; made < 12; made++) await makeRequest(dana!);
  await fanOut();
  hook.received.splice(0);
  const end = new AbortController();
  hook.answer = () => {
    end.abort();
    return 204;
  };
  await Promise.all(deliveryRounds().map((deliver) => deliver(end.signal)));
  expect(hook.received).toHaveLength(10);
  hook.answer = () => 204;
  await work();
  expect(hook.received).toHaveLength(12);
});

test("a worker that dies after sending has the message sent again under the same id, and two workers send it once", async () => {
  const id = await makeRequest(dana!);
  await work();
  const [row] = await hookRows(id);
  await db().notificationDelivery.update({
    where: { id: row!.id },
    data: { state: "waiting", endedAt: null, leaseUntil: new Date(0) },
  });
  await Promise.all([work(), work(), work()]);
  expect(callsFor(id).map((call) => call.id)).toEqual([row!.id, row!.id]);
});

test("without a variable of a channel no worker starts, and it says which line needs it; what waits is kept and goes out once it is set", async () => {
  const id = await makeRequest(dana!);
  await fanOut();
  delete process.env.TEST_HOOK_SECRET;
  expect(() => deliveryRounds()).toThrow(
    /tablewright\.yaml:3:\d+: the environment variable TEST_HOOK_SECRET is not set/,
  );
  expect(await hookRows(id)).toMatchObject([{ state: "waiting", attempt: 0 }]);
  process.env.TEST_HOOK_SECRET = secret;
  await work();
  expect(typesOf(callsFor(id))).toEqual(["request.submit"]);
});

test("a message that never gets through is given up after 20 tries, the order goes on, and the platform group sends it again", async () => {
  const id = await makeRequest(dana!);
  await commentOnRequest(dana!, { id, comment: "Anybody?" });
  hook.answer = () => 500;
  for (let tries = 0; tries < 20; tries++) await work();
  hook.answer = () => 204;
  hook.received.splice(0);
  await work();
  expect((await hookRows(id)).map(({ state }) => state)).toEqual(["dead", "sent"]);
  expect(typesOf(callsFor(id))).toEqual(["request.comment"]);

  const { deliveries } = await getNotificationSettings(pat!, {});
  const dead = deliveries?.dead.find(({ request }) => request.id === id);
  expect(dead).toMatchObject({ event: "request.submit", problem: "The receiver answered 500." });
  expect((await getNotificationSettings(dana!, {})).deliveries).toBeNull();
  await resendNotification(pat!, { id: dead?.id });
  await expect(resendNotification(pat!, { id: dead?.id })).rejects.toMatchObject({ code: "CONFLICT" });
  await work();
  expect(callsFor(id).at(-1)).toMatchObject({ type: "request.submit", id: dead?.id });
  expect((await hookRows(id)).map(({ state }) => state)).toEqual(["sent", "sent"]);
});

test("all that a receiver missed for longer than the tries last is sent again at once, in its order", async () => {
  const id = await makeRequest(dana!);
  await commentOnRequest(dana!, { id, comment: "Anybody?" });
  await fanOut();
  const channel = "webhook TEST_HOOK_URL";
  await db().notificationDelivery.updateMany({
    where: { requestId: id, channel },
    data: { state: "dead", attempt: 20, endedAt: new Date() },
  });
  hook.received.splice(0);
  await expect(resendChannel(dana!, { channel })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const given = (await getNotificationSettings(pat!, {})).deliveries?.given_up;
  expect(given).toEqual([{ channel, count: 2 }]);
  expect(await resendChannel(pat!, { channel })).toEqual({ count: 2 });
  await expect(resendChannel(pat!, { channel })).rejects.toMatchObject({ code: "CONFLICT" });
  await work();
  await work();
  expect(typesOf(callsFor(id))).toEqual(["request.submit", "request.comment"]);
});

test("e-mail goes to those whose turn it is, to the requester, and says who handled it, all in their threads", async () => {
  const gone = await makePerson({ groups: ["platform"] });
  await db().user.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
  await work();
  smtp.mails.splice(0);
  const id = await makeRequest(dana!);
  await work();
  const asking = smtp.mails.splice(0);
  expect(asking.map(({ to }) => to.toSorted())).toEqual([[pat!.email, priya!.email].toSorted()]);
  await commentOnRequest(dana!, { id, comment: "It is for the audit." });
  await work();
  const [answer, ...more] = smtp.mails.splice(0);
  expect([answer?.to.toSorted(), more]).toEqual([[pat!.email, priya!.email].toSorted(), []]);
  expect(answer?.source).toContain("It is for the audit.");
  await rejectRequest(pat!, { id, version: 1, comment: "<script>no</script>" });
  await work();
  const told = new Map(smtp.mails.map((mail) => [mail.to.join(), mail.source]));
  expect([...told.keys()].toSorted()).toEqual([dana!.email, priya!.email].toSorted());
  const header = (source: string | undefined, name: string) =>
    new RegExp(`^${name}: (.*)$`, "m").exec(source ?? "")?.[1]?.trim();
  const update = told.get(priya!.email);
  expect(header(update, "In-Reply-To")).toBe(header(asking[0]?.source, "Message-ID"));
  expect(header(update, "References")).toBe(header(asking[0]?.source, "Message-ID"));
  expect(update).toMatch(/Handled by/);
  expect(header(told.get(dana!.email), "In-Reply-To")).toBeUndefined();
  expect(told.get(dana!.email)).toContain("&lt;script&gt;");
  expect(update).toContain(`/requests/${id}`);
});

test("whoever asked hears what the configuration changed, and what a rule approves is nobody's approval", async () => {
  const ruled = await makeRequest(dana!, { environment: "dev" });
  const id = await makeRequest(dana!, { environment: "prod" });
  await changeTestConfig(
    (text) => text.replace("platform, count: 2 }", "platform, count: 1 }"),
    () => reevaluateRequests({ kind: "system", job: "tests" }),
  );
  await work();
  const [told] = callsFor(id).filter(({ type }) => type === "request.re-evaluate");
  const changes = [
    "approval takes 1 of platform, then 1 of security (rule prod) instead of 2 of platform, then 1 of security (rule prod)",
  ];
  expect(told).toMatchObject({ data: { actor: "system", changes } });
  const [, byRule] = callsFor(ruled);
  expect(byRule).toMatchObject({ type: "request.approve-by-rule", data: { actor: "system" } });
  const mailOf = (request: string) =>
    smtp.mails
      .filter(({ to }) => to.includes(dana!.email))
      .map(({ source }) => plainText(source))
      .findLast((text) => text.includes(request));
  expect(mailOf(id)).toContain(`so it has to be approved anew: ${changes[0]}.`);
});

test("Slack hears of a submit, and of who handled it, with nothing that it would read as markup", async () => {
  slack.received.splice(0);
  const id = await makeRequest(dana!);
  await approveRequest(pat!, { id, version: 1, comment: "<!channel> & go" });
  await work();
  const texts = slack.received
    .map(({ body }) => JSON.parse(body).text as string)
    .filter((text) => text.includes(id));
  expect(texts).toHaveLength(2);
  expect(texts[1]).toContain(`was approved by ${pat!.name}`);
  expect(texts[1]).toContain("&lt;!channel&gt; &amp; go");
});

test("a preview says who of the group in turn will be told, and how; whoever asks is not among them", async () => {
  const self = { ...pat!, projects: ["shop"] };
  const { notifies } = await previewRequest(self, aRequestBody());
  expect(notifies).toMatchObject({ group: "platform", channels: ["email", "slack", "webhook"] });
  expect(notifies?.people).toContain(priya!.name);
  expect(notifies?.people).not.toContain(pat!.name);
  expect(notifies?.people_count).toBe(notifies?.people.length);
  expect((await previewRequest(dana!, aRequestBody({ environment: "dev" }))).notifies).toBeNull();
});
