import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { makeActor, makePerson, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { listAudit } from "./queries.ts";

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

test.each([
  { cursor: "x" },
  { cursor: Buffer.from("99999999999999999999").toString("base64url") },
  { event: "approve" },
  { since: "yesterday" },
  { since: "0000-01-01T00:00:00Z" },
  { request_id: "7" },
  { colour: "red" },
])("what it does not understand is refused: %j", async (filters) => {
  await expect(listAudit(auditor, filters)).rejects.toMatchObject({ code: "INVALID" });
});
