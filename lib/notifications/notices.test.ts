import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { remindRequest } from "#lib/requests/remind.ts";
import { sendBackRequest } from "#lib/requests/send-back.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { fanOut } from "./fan-out.job.ts";
import { markNoticesRead } from "./mark-read.ts";
import { countUnreadNotices, hasUnreadNotice, listNotices } from "./notice-queries.ts";

useTestConfig();
useTestDatabase();

let [dana, pat, priya]: UserActor[] = [];
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  priya = await makeActor("platform");
});

async function asked(): Promise<string> {
  const id = await makeRequest(dana!);
  await fanOut();
  return id;
}
const unread = (actor: UserActor | undefined) => countUnreadNotices(actor!, {});
const listed = async (actor: UserActor | undefined, input = {}) =>
  (await listNotices(actor!, input)).items.map(({ kind, event, request }) => [kind, event, request.id]);

const about = async (actor: UserActor | undefined, id: string) =>
  (await listed(actor)).filter(([, , request]) => request === id).map(([kind, event]) => `${kind} ${event}`);

test("without any channel a group hears that a request waits, then who handled it, and its requester what became of it", async () => {
  const id = await asked();
  expect(await listed(pat)).toEqual([["turn", "request.submit", id]]);
  expect(await Promise.all([dana, pat, priya].map(unread))).toEqual([0, 1, 1]);

  await rejectRequest(pat!, { id, version: 1, comment: "Use the other table" });
  await fanOut();
  expect(await Promise.all([dana, pat, priya].map(unread))).toEqual([1, 0, 0]);
  const [notice] = (await listNotices(priya!, {})).items;
  expect(notice).toMatchObject({ unread: false, handled: { by: pat!.name } });
  expect(await listed(dana, { show: "news" })).toEqual([["news", "request.reject", id]]);
  expect(await listed(dana, { show: "turn" })).toEqual([]);
});

test("one is read by itself, by opening its request, or with all that were shown; what came later stays unread", async () => {
  const [first, second] = [await asked(), await asked()];
  const { items } = await listNotices(pat!, { show: "unread" });
  expect(items.map(({ request }) => request.id)).toEqual([second, first]);
  const third = await asked();

  expect(await markNoticesRead(priya!, { id: items[0]!.id })).toEqual({ marked: 0 });
  await markNoticesRead(pat!, { until: items[0]!.created_at });
  expect(await listed(pat, { show: "unread" })).toEqual([["turn", "request.submit", third]]);
  expect(await hasUnreadNotice(pat!, { request: third })).toBe(true);
  await markNoticesRead(pat!, { request: third });
  expect(await hasUnreadNotice(pat!, { request: third })).toBe(false);
  expect(await unread(pat)).toBe(0);
  expect(await unread(priya)).toBe(3);
});

test("pages follow each other without gap or repetition, and hold nothing that one may not see any more", async () => {
  const all = await listed(priya);
  const pages: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await listNotices(priya!, { limit: 2, cursor });
    pages.push(...page.items.map(({ kind, event, request }) => [kind, event, request.id]));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  expect(pages).toEqual(all);
  const moved = { ...priya!, groups: [], projects: [], platform: false };
  expect(await listed(moved)).toEqual([]);
  expect(await unread(moved)).toBe(0);
});

test("a reminder takes the place of the notice before, for those who have not decided yet; of what was sent back it reaches who asked", async () => {
  const remind = async (id: string) => {
    await db()
      .$executeRaw`update request set "updatedAt" = now() - interval '20 days', "remindedAt" = null where id = ${id}::uuid`;
    await remindRequest({ kind: "system", job: "reminders" }, { id });
    await fanOut();
  };
  const id = await makeRequest(dana!, { environment: "many" });
  await fanOut();
  await approveRequest(priya!, { id, version: 1 });
  await fanOut();
  await remind(id);
  expect(await about(pat, id)).toEqual(["turn request.remind"]);
  expect(await about(priya, id)).toEqual(["turn request.submit"]);

  await sendBackRequest(pat!, { id, version: 1, comment: "Why?" });
  await remind(id);
  expect((await about(dana, id))[0]).toBe("news request.remind");
  expect(await about(pat, id)).toEqual(["turn request.remind"]);
});

test("a comment by the requester reaches those who can decide now, as unread, and nobody who has decided; one of theirs reaches the requester", async () => {
  const id = await makeRequest(dana!, { environment: "many" });
  await fanOut();
  await approveRequest(priya!, { id, version: 1 });
  await fanOut();
  await markNoticesRead(pat!, { request: id });
  await commentOnRequest(dana!, { id, comment: "It is for the audit." });
  await fanOut();
  expect(await about(pat, id)).toEqual(["turn request.comment"]);
  expect(await hasUnreadNotice(pat!, { request: id })).toBe(true);
  expect(await about(priya, id)).toEqual(["turn request.submit"]);
  expect(await about(dana, id)).toEqual(["news request.approve"]);

  await commentOnRequest(pat!, { id, comment: "Thank you" });
  await fanOut();
  expect(await about(dana, id)).toEqual(["news request.comment", "news request.approve"]);
  expect(await about(priya, id)).toEqual(["turn request.submit"]);
});
