import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { makeActor, makePerson, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { getAuditSeal, listAudit, listAuditLines } from "./queries.ts";
import { sealAudit } from "./seal-store.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
let auditor: UserActor;
let id: string;
beforeAll(async () => {
  dana = actorOf(await makePerson({ groups: ["shop-devs"], name: "Dana" }), getConfig(), null);
  pat = await makeActor("platform");
  auditor = await makeActor("platform");
  id = await makeRequest(dana);
  await approveRequest(pat, { id, version: 1, comment: "Fine" });
  for (let count = 0; count < 6; count++) await makeRequest(dana, { environment: "many" });
});

test("who is neither of the platform group nor an auditor cannot read the audit, and is told why", async () => {
  const refusal = await listAudit(dana, {}).catch((error) => error);
  expect(refusal).toBeInstanceOf(AppError);
  expect([refusal.code, refusal.message]).toEqual([
    "FORBIDDEN",
    "Only the platform group and auditors can read the audit",
  ]);
});

test("the audit tells who did what to what, the last first, page by page and each line once", async () => {
  const all = (await listAudit(auditor, { limit: 100 })).items;
  const numbers = all.map((line) => Number(line.id));
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  const walked: typeof all = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listAudit(auditor, { limit: 3, ...(cursor && { cursor }) });
    walked.push(...page.items);
    cursor = page.next_cursor;
  }
  expect(walked).toEqual(all);
  expect(all.find(({ event }) => event === "request.approve")).toMatchObject({
    actor: pat.email,
    actor_name: pat.name,
    subject_type: "request",
    subject_id: id,
    request_id: id,
    version: 1,
    comment: "Fine",
    data: { group: "platform", complete: true },
  });
});

test("filters leave only what was asked for", async () => {
  const events = async (filters: object) =>
    (await listAudit(auditor, filters)).items.map(({ event }) => event);
  expect(await events({ request_id: id })).toEqual(["request.approve", "request.submit"]);
  expect(await events({ subject_id: id, event: "request.submit" })).toEqual(["request.submit"]);
  expect(await events({ actor: pat.email.toUpperCase() })).toEqual(["request.approve"]);
  expect(await events({ actor: "nobody@example.com" })).toEqual([]);
  expect(await events({ actor: "%" })).toEqual([]);
  expect(await events({ actor: "system" })).toEqual([]);
  expect(await events({ since: "2999-01-01T00:00:00Z" })).toEqual([]);
  expect(await events({ until: "1999-01-01T00:00:00+01:00" })).toEqual([]);
  expect(await events({ since: "1999-01-01T00:00:00Z", event: "request.approve" })).toEqual([
    "request.approve",
  ]);
});

test("a search finds what was done by or to a person, a table or a request, by part of a name and by number", async () => {
  const found = async (q: string) => (await listAudit(auditor, { q, limit: 100 })).items;
  const { number } = await db().request.findUniqueOrThrow({ where: { id } });
  const { name } = await db().table.findFirstOrThrow({ where: { requestId: id } });
  for (const q of [`#${number}`, name.toUpperCase(), id]) {
    expect((await found(q)).map(({ event }) => event)).toEqual(["request.approve", "request.submit"]);
  }
  expect((await found(String(number))).map((line) => line.request_id)).toContain(id);
  expect((await found("dana")).map(({ actor }) => actor)).toEqual(Array(7).fill(dana.email));
  expect(await found("%")).toEqual([]);
});

test("a line of the page tells whose account did it and what its request is called; days count in full", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const { number } = await db().request.findUniqueOrThrow({ where: { id } });
  const { items } = await listAuditLines(auditor, { event: "request.approve", from: today, to: today });
  expect(items).toMatchObject([{ actor_id: pat.id, request_name: `#${number}` }]);
  expect((await listAuditLines(auditor, { to: "2020-01-01" })).items).toEqual([]);
});

test("the page says up to when the audit is sealed, and that nothing is", async () => {
  expect(await getAuditSeal(auditor, {})).toBeNull();
  await sealAudit();
  const [last] = (await listAudit(auditor, { limit: 1 })).items;
  expect(await getAuditSeal(auditor, {})).toEqual({ seq: "8", at: last!.at });
});

test.each([
  { cursor: "x" },
  { cursor: Buffer.from("7").toString("base64url") },
  { cursor: Buffer.from('["2026-01-01T00:00:00.000Z","99999999999999999999"]').toString("base64url") },
  { event: "approve" },
  { since: "yesterday" },
  { since: "0000-01-01T00:00:00Z" },
  { request_id: "7" },
  { colour: "red" },
])("what it does not understand is refused: %j", async (filters) => {
  await expect(listAudit(auditor, filters)).rejects.toMatchObject({ code: "INVALID" });
});
