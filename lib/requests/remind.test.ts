import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { auditOf, makeActor, makeRequest, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { commentOnRequest } from "./comment.ts";
import { expireRequest } from "./expire.ts";
import { getRequestPage } from "./page-queries.ts";
import { remindRequest } from "./remind.ts";
import { findRequestsToRemind, reminderHours } from "./reminder-store.ts";

useTestConfig("request_expiry_days: 30");
useTestDatabase();

let dana: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
});
const system = { kind: "system", job: "reminders" } as const;

/** Moves a request, with what was said of it, so many hours into the past. */
const pass = (id: string, hours: number) =>
  db().$executeRaw`
    update request set "updatedAt" = "updatedAt" - make_interval(hours => ${hours}::int),
      "remindedAt" = "remindedAt" - make_interval(hours => ${hours}::int) where id = ${id}::uuid`;
const isDue = async (id: string) => (await findRequestsToRemind()).includes(id);
const reminders = async (id: string) =>
  (await auditOf(id)).filter(({ event }) => event === "request.remind").length;
/** Several workers at once; answers how many reminded. */
async function remind(id: string): Promise<number> {
  const tries = await Promise.allSettled([1, 2, 3].map(() => remindRequest(system, { id })));
  for (const one of tries) if (one.status === "rejected") expect(one.reason.code).toBe("CONFLICT");
  return tries.filter((one) => one.status === "fulfilled").length;
}

test.each([
  [1, [12]],
  [4, [48]],
  [5, [60, 48]],
  [30, [360, 48]],
])("with %i days a request is spoken of %j hours before it expires", (days, hours) => {
  expect(reminderHours(days)).toEqual(hours);
});

test("each reminder is given once, whoever is at it, and moves nothing: the request expires when it would have", async () => {
  const id = await makeRequest(dana);
  await pass(id, 14 * 24);
  expect(await isDue(id)).toBe(false);
  await pass(id, 24 + 1);
  expect(await isDue(id)).toBe(true);
  const before = await requestRow(id);
  expect(await remind(id)).toBe(1);
  expect({ ...(await requestRow(id)), remindedAt: null }).toEqual(before);
  expect(await remind(id)).toBe(0);
  const { expires_at } = await getRequestPage(dana, { id });
  expect((await auditOf(id)).at(-1)).toMatchObject({ actorKind: "system", data: { expiresAt: expires_at } });

  await pass(id, 13 * 24);
  expect([await isDue(id), await remind(id), await remind(id)]).toEqual([true, 1, 0]);
  await pass(id, 48);
  expect([await isDue(id), await remind(id)]).toEqual([false, 0]);
  await expireRequest(system, { id });
  expect(await reminders(id)).toBe(2);
  expect((await getRequestPage(dana, { id })).expires_at).toBeNull();
});

test("workers that were down over two reminders give one, and whoever looks after the request begins its time anew", async () => {
  const id = await makeRequest(dana);
  await pass(id, 29 * 24);
  expect([await remind(id), await remind(id)]).toEqual([1, 0]);
  await commentOnRequest(dana, { id, comment: "Anybody?" });
  expect(await isDue(id)).toBe(false);
  await pass(id, 16 * 24);
  expect(await remind(id)).toBe(1);
});
