import { beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { forgetOldKeys } from "#lib/people/idempotency-store.ts";
import { aRequestBody, makePerson, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

let token: string;
let other: string;
beforeAll(async () => {
  token = await makeToken(await makePerson({ groups: ["shop-devs"] }));
  other = await makeToken(await makePerson({ groups: ["shop-devs"] }));
});

let count = 0;
const newKey = () => `key-${++count}`;
const post = (path: string, key: string, body: unknown, as = token) =>
  callApi(path, { token: as, body, headers: { "idempotency-key": key } });
const replayed = (answer: { headers: Headers }) => answer.headers.get("idempotency-replayed");

test("the same key and body get the stored answer, and nothing happens twice", async () => {
  const [key, body] = [newKey(), aRequestBody()];
  const first = await post("/requests", key, body);
  expect([first.status, replayed(first)]).toEqual([201, null]);
  const before = await db().request.count();
  const second = await post("/requests", key, body);
  expect([second.status, replayed(second)]).toEqual([201, "true"]);
  expect(JSON.stringify(second.body), "to the order of its keys").toBe(JSON.stringify(first.body));
  expect(second.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await db().request.count()).toBe(before);
});

test("the same key with another body is INVALID", async () => {
  const key = newKey();
  await post("/requests", key, aRequestBody());
  const second = await post("/requests", key, aRequestBody());
  expect([second.status, second.body.code]).toEqual([422, "INVALID"]);
});

test("a key whose first request still runs is CONFLICT", async () => {
  const [key, body] = [newKey(), aRequestBody()];
  await post("/requests", key, body);
  await db().idempotencyKey.updateMany({ where: { key }, data: { status: null } });
  const second = await post("/requests", key, body);
  expect([second.status, second.body.code]).toEqual([409, "CONFLICT"]);
});

test("of ten tries with one key at the same moment one runs; the others wait for its answer or get it", async () => {
  const [key, body] = [newKey(), aRequestBody({ environment: "many" })];
  const before = await db().request.count();
  const answers = await Promise.all(Array.from({ length: 10 }, () => post("/requests", key, body)));
  expect(await db().request.count()).toBe(before + 1);
  expect(answers.filter((one) => one.status === 201 && replayed(one) === null)).toHaveLength(1);
  for (const answer of answers) expect([201, 409]).toContain(answer.status);
});

test("a refusal is an answer too: it is stored, with its type", async () => {
  const [key, body] = [newKey(), aRequestBody({ project: "nowhere" })];
  const first = await post("/requests", key, body);
  const second = await post("/requests", key, body);
  expect([first.status, second.status, replayed(second)]).toEqual([404, 404, "true"]);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("content-type")).toBe("application/problem+json");
});

test("an answer of 500 and above is not stored: the next try runs again", async () => {
  const [key, body] = [newKey(), aRequestBody({ environment: "broken" })];
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await post("/requests", key, body);
    expect([answer.status, replayed(answer)]).toEqual([503, null]);
  }
  expect(await db().idempotencyKey.count({ where: { key } })).toBe(0);
});

test("keys are a person's own, and a path's own", async () => {
  const [key, body] = [newKey(), aRequestBody()];
  const first = await post("/requests", key, body);
  const theirs = await post("/requests", key, aRequestBody(), other);
  const comment = await post(`/requests/${first.body.id}/comments`, key, { comment: "Hi" });
  const preview = await post("/requests/preview", key, aRequestBody());
  expect([theirs, comment, preview].map((one) => [one.status, replayed(one)])).toEqual([
    [201, null],
    [200, null],
    [200, null],
  ]);
});

test("a key may be 1 to 255 printable ASCII characters", async () => {
  const body = aRequestBody();
  for (const key of ["", "x".repeat(256), "clé", "a\tb"]) {
    const answer = await post("/requests/preview", key, body);
    expect([answer.status, answer.body.code], key).toEqual([422, "INVALID"]);
  }
  for (const key of ["x", "x".repeat(255), "~ !"])
    expect((await post("/requests/preview", key, body)).status, key).toBe(200);
});

describe("an old key", () => {
  const age = (key: string, seconds: number) =>
    db().$executeRaw`update idempotency_key
      set "createdAt" = now() - make_interval(secs => ${seconds}::int) where key = ${key}`;

  test("is free again after 24 hours", async () => {
    const key = newKey();
    await post("/requests", key, aRequestBody());
    await age(key, 24 * 3600 - 60);
    expect((await post("/requests", key, aRequestBody())).status).toBe(422);
    await age(key, 24 * 3600 + 60);
    const again = await post("/requests", key, aRequestBody());
    expect([again.status, replayed(again)]).toEqual([201, null]);
  });

  test("is free again some minutes after the process that held it died without an answer", async () => {
    const key = newKey();
    await post("/requests", key, aRequestBody());
    await db().idempotencyKey.updateMany({ where: { key }, data: { status: null } });
    await age(key, 180);
    expect((await post("/requests", key, aRequestBody())).status).toBe(201);
  });

  test("is swept away", async () => {
    const key = newKey();
    await post("/requests", key, aRequestBody());
    await age(key, 25 * 3600);
    await forgetOldKeys();
    expect(await db().idempotencyKey.count({ where: { key } })).toBe(0);
  });
});

test("a GET takes no notice of a key", async () => {
  const answer = await callApi("/me", { token, headers: { "idempotency-key": newKey() } });
  expect([answer.status, replayed(answer)]).toEqual([200, null]);
});
