import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { forgetOldCounts } from "#lib/people/rate-store.ts";
import { hashToken } from "#lib/people/token.ts";
import { aRequestBody, makePerson, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";
import { takeCostlyTurn } from "./rate-limit.ts";

useTestConfig();
useTestDatabase();

const limits = { token: 4, person: 6, costly: 2 };
let dana: string;
let danaToo: string;
let noor: string;
let keys: string[];
beforeAll(async () => {
  const people = [await makePerson({ groups: ["shop-devs"] }), await makePerson({ groups: ["shop-devs"] })];
  [dana, danaToo, noor] = [
    await makeToken(people[0]!),
    await makeToken(people[0]!),
    await makeToken(people[1]!),
  ];
  keys = [
    ...[dana, danaToo, noor].map((token) => `token:${hashToken(token)}`),
    ...people.flatMap(({ id }) => [`person:${id}`, `costly:${id}`]),
  ];
});

/** A minute that began now, or begins in less than 30 s: a real one might end in the middle of a test. */
beforeEach(async () => {
  await db().rateCount.deleteMany();
  await db().$executeRaw`
    insert into rate_count (key, "windowStart", count)
    select key, date_trunc('minute', now() + interval '30 seconds'), 0 from unnest(${keys}::text[]) as key`;
});

const me = async (token: string) => (await callApi("/me", { token, limits })).status;
const times = async (count: number, call: () => Promise<number>) => {
  const statuses: number[] = [];
  for (let made = 0; made < count; made++) statuses.push(await call());
  return statuses;
};

test("a token has its calls a minute, and the next is told when to come back", async () => {
  expect(await times(4, () => me(dana))).toEqual([200, 200, 200, 200]);
  const { status, headers, body } = await callApi("/me", { token: dana, limits });
  expect([status, body.code]).toEqual([429, "LIMIT"]);
  const wait = Number(headers.get("retry-after"));
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(90);
  expect(headers.get("ratelimit-policy")).toBe('"token";q=4;w=60, "person";q=6;w=60');
  expect(headers.get("ratelimit")).toMatch(/^"token";r=0;t=\d+, "person";r=1;t=\d+$/);
});

test("every answer says what is left, a refusal too", async () => {
  for (const [path, left] of [
    ["/me", 3],
    ["/nothing", 2],
    ["/requests?limit=0", 1],
  ] as const) {
    const { headers } = await callApi(path, { token: dana, limits });
    expect(headers.get("ratelimit"), path).toMatch(new RegExp(`^"token";r=${left};t=\\d+, "person"`));
  }
});

test("a person has no more calls for having more tokens, and takes none from others", async () => {
  await times(4, () => me(dana));
  expect(await times(3, () => me(danaToo))).toEqual([200, 200, 429]);
  expect(await me(noor)).toBe(200);
});

test("calls that make the server work have a limit of their own", async () => {
  const preview = async () =>
    (await callApi("/requests/preview", { token: dana, limits, body: aRequestBody() })).status;
  expect(await times(3, preview)).toEqual([200, 200, 429]);
  expect(await me(dana)).toBe(200);
});

test("a call over the limit does nothing, and its Idempotency-Key stays free", async () => {
  await times(
    2,
    async () => (await callApi("/requests/preview", { token: dana, limits, body: aRequestBody() })).status,
  );
  const before = await db().request.count();
  const submit = { token: dana, body: aRequestBody(), headers: { "idempotency-key": "one" } };
  expect((await callApi("/requests", { ...submit, limits })).status).toBe(429);
  expect(await db().request.count()).toBe(before);
  const again = await callApi("/requests", submit);
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, null]);
});

test("of many calls at once no more run than the limit has, whichever process they reach", async () => {
  const statuses = await Promise.all(Array.from({ length: 30 }, (_, at) => me(at % 2 ? dana : danaToo)));
  expect(statuses.filter((status) => status === 200)).toHaveLength(6);
});

test("the next minute begins anew, and old counts are swept away", async () => {
  await times(5, () => me(dana));
  await db().$executeRaw`update rate_count set "windowStart" = "windowStart" - interval '2 minutes'`;
  expect(await me(dana)).toBe(200);
  await db().$executeRaw`update rate_count set "windowStart" = "windowStart" - interval '20 minutes'`;
  await forgetOldCounts();
  expect(await db().rateCount.count()).toBe(0);
});

test("what somebody has the server work on in the browser and over the API counts as one", async () => {
  const preview = () => callApi("/requests/preview", { token: dana, limits, body: aRequestBody() });
  expect((await preview()).status).toBe(200);
  const { id } = await db().user.findFirstOrThrow({ where: { tokens: { some: { hash: hashToken(dana) } } } });
  await takeCostlyTurn(id, limits.costly);
  const refusal = { code: "LIMIT", retryAfterSeconds: expect.any(Number) };
  await expect(takeCostlyTurn(id, limits.costly)).rejects.toMatchObject(refusal);
  expect((await preview()).status).toBe(429);
});
