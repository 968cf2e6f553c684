import { execFile } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMailServer, startReceiver } from "#lib/notifications/receivers.fixture.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { testChannels } from "./test-channels.ts";

useTestConfig(`notifications:
  - slack: { url_env: TEST_SLACK_URL, events: ["*"] }
  - email: { smtp_env: TEST_SMTP_URL, from: tables@example.com, events: ["*"] }
`);
useTestDatabase();

let slack: Awaited<ReturnType<typeof startReceiver>>;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let worker: RunningWorker | undefined;
beforeAll(async () => {
  [slack, smtp] = await Promise.all([startReceiver(() => 403), startMailServer()]);
  Object.assign(process.env, { TEST_SLACK_URL: slack.url, TEST_SMTP_URL: smtp.url });
});
afterAll(() => Promise.all([worker?.stop(), slack.stop(), smtp.stop()]));

const notificationsTest = (...args: string[]) =>
  testChannels({ kind: "system", job: "command-line" }, args, async () => {});

test("a test that cannot be asked for says why", async () => {
  await expect(notificationsTest("OTHER")).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(/no channel OTHER .* it has slack TEST_SLACK_URL, email TEST_SMTP_URL/),
  });
  await expect(notificationsTest("TEST_SLACK_URL", "--to", "noor@example.com")).rejects.toMatchObject({
    code: 2,
  });
  await expect(notificationsTest()).rejects.toMatchObject({
    code: 3,
    message: expect.stringContaining("No worker runs"),
  });
});

test("each channel's line says whether it works and what to do if not, and the tool fails if one does not", async () => {
  worker = await startWorker({ owner: "channel-tests" });
  await notificationsTest("TEST_SMTP_URL");
  expect(smtp.mails.splice(0).map(({ to }) => to)).toEqual([["tables@example.com"]]);

  const args = ["scripts/tablewright.ts", "notifications", "test", "--to", "noor@example.com"];
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, args, (error, out, err) => resolve([error?.code, out, err]));
  });
  expect(ended).toEqual([
    1,
    "email TEST_SMTP_URL: delivered, to noor@example.com\n",
    expect.stringMatching(
      /^slack TEST_SLACK_URL: not delivered\. The receiver answered 403\. See that TEST_SLACK_URL .*\n1 of 2 not/,
    ),
  ]);
  expect(smtp.mails.map(({ to }) => to)).toEqual([["noor@example.com"]]);
});
