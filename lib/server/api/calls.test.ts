import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import {
  aRequestBody,
  aTable,
  failRequest,
  makePerson,
  makeRequest,
  makeToken,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

type Person = Awaited<ReturnType<typeof makePerson>>;
let dana: Person;
let pat: Person;
let token: string;
let approver: string;
beforeAll(async () => {
  dana = await makePerson({ groups: ["shop-devs"], name: "Dana" });
  pat = await makePerson({ groups: ["platform"], name: "Pat" });
  token = await makeToken(dana);
  approver = await makeToken(pat);
});
const asActor = (person: Person) => actorOf(person, getConfig(), null);
const ask = (fields = {}) => makeRequest(asActor(dana), fields);

describe("a call without a token that holds", () => {
  test.each([
    ["none", {}],
    ["a cookie", { cookie: "tablewright.session_token=x" }],
    ["another scheme", { authorization: "Basic ZGFuYTpwdw==" }],
    ["nothing behind Bearer", { authorization: "Bearer " }],
    ["an unknown token", { authorization: "Bearer twt_unknown" }],
    ["a token of somebody else's", { authorization: `Bearer ${"x".repeat(5000)}` }],
  ])("is UNAUTHENTICATED: %s", async (_, headers) => {
    const answer = await callApi("/me", { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "UNAUTHENTICATED", status: 401, errors: [] });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  test("is UNAUTHENTICATED with the same words for one that expired or was revoked", async () => {
    const [expired, revoked] = [await makeToken(dana), await makeToken(dana)];
    const rows = await db().apiToken.findMany({ orderBy: { createdAt: "desc" }, take: 2 });
    const past = new Date(Date.now() - 1000);
    await db().apiToken.update({ where: { id: rows[1]!.id }, data: { expiresAt: past } });
    await db().apiToken.update({ where: { id: rows[0]!.id }, data: { revokedAt: past } });
    const answers = await Promise.all(
      [expired, revoked, "twt_unknown"].map((one) => callApi("/me", { token: one })),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
  });
});

test("a token is kept only as its hash, and its use is dated", async () => {
  const row = await db().apiToken.findFirstOrThrow({
    where: { userId: dana.id },
    orderBy: { createdAt: "asc" },
  });
  expect(JSON.stringify(row)).not.toContain(token);
  await callApi("/me", { token });
  const used = await db().apiToken.findUniqueOrThrow({ where: { id: row.id } });
  expect(used.lastUsedAt).not.toBeNull();
});

describe("scopes", () => {
  test.each([
    ["read", ["GET /me"]],
    ["request", ["POST /requests"]],
    ["approve", ["POST /approve"]],
  ] as const)("a token with only %s may %s and nothing else", async (scope, allowed) => {
    const one = await makeToken(pat, [scope]);
    const id = await ask();
    const outcomes = {
      "GET /me": await callApi("/me", { token: one }),
      "GET /requests": await callApi(`/requests/${id}`, { token: one }),
      "POST /preview": await callApi("/requests/preview", { token: one, body: aRequestBody() }),
      "POST /requests": await callApi("/requests", { token: one, body: aRequestBody() }),
      "POST /comments": await callApi(`/requests/${id}/comments`, { token: one, body: { comment: "Hi" } }),
      "POST /approve": await callApi(`/requests/${id}/approve`, { token: one, body: { version: 1 } }),
    };
    const scopeOf = (call: string) =>
      call === "POST /approve" ? "approve" : /^POST .(requests|comments)/.test(call) ? "request" : "read";
    for (const [call, { status, body }] of Object.entries(outcomes)) {
      if (scopeOf(call) === scope) expect(status, call).toBeLessThan(300);
      else expect([status, body.code], call).toEqual([403, "FORBIDDEN"]);
    }
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining([...allowed]));
  });

  test("`/me` tells whose token it is and what it may", async () => {
    const one = await makeToken(dana, ["read"]);
    expect((await callApi("/me", { token: one })).body).toEqual({
      email: dana.email,
      name: "Dana",
      groups: ["shop-devs"],
      projects: ["shop"],
      scopes: ["read"],
    });
  });
});

describe("addresses", () => {
  test.each([
    "/",
    "/nothing",
    "/requests/1",
    `/requests/${randomUUID()}`,
    `/requests/${randomUUID()}/outputs`,
    `/tables/${randomUUID()}`,
    `/tables/${randomUUID()}/snippets/iam-policy`,
    "/requests/%00",
    "/requests/../me/x",
    "/requests/",
  ])("%s is NOT_FOUND", async (path) => {
    const { status, body } = await callApi(path, { token });
    expect([status, body.code]).toEqual([404, "NOT_FOUND"]);
  });

  test("take their own methods only, and say which", async () => {
    const wrong = await callApi("/requests", { token, method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, GET"]);
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect((await callApi("/me", { token, body: {} })).status).toBe(405);
    expect((await callApi("/me", { token, method: "HEAD" })).status).toBe(200);
  });
});

describe("bodies", () => {
  test.each([
    ["no JSON", "{", 400],
    ["nothing", "", 400],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["a key twice", '{"version": 1, "version": 2}', 400],
    ["a key twice, spelt differently", '{"a": {"k": 1, "\\u006b": 2}}', 400],
    ["more than 1 MB", JSON.stringify({ comment: "x".repeat(1_050_000) }), 413],
    ["a list", "[]", 422],
    ["null", "null", 422],
    ["a text", '"x"', 422],
    ["an id of its own", JSON.stringify({ comment: "x", id: randomUUID() }), 422],
  ])("that are %s are INVALID", async (_, raw, status) => {
    const id = await ask();
    const answer = await callApi(`/requests/${id}/comments`, { token, raw });
    expect([answer.status, answer.body.code, answer.body.status]).toEqual([status, "INVALID", status]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("of another type than JSON are refused with 415", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", ""]) {
      const answer = await callApi("/requests", { token, raw: "{}", headers: { "content-type": type } });
      expect([answer.status, answer.body.code]).toEqual([415, "INVALID"]);
    }
    const charset = { "content-type": "application/json; charset=utf-8" };
    expect((await callApi("/requests/preview", { token, raw: "{}", headers: charset })).status).toBe(422);
  });

  test("that are wrong are answered with a pointer to every fault", async () => {
    const tables = { "a/b": { partition_key: 7, unknown: 1, global_secondary_indexes: { by_x: {} } } };
    const { status, body } = await callApi("/requests", {
      token,
      body: { ...aRequestBody({ environment: 3 as never }), tables, extra: true },
    });
    expect([status, body.code]).toEqual([422, "INVALID"]);
    const paths = (body.errors as { path: string; message: string }[]).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "/environment",
        "/extra",
        "/tables/a~1b/partition_key",
        "/tables/a~1b/unknown",
        "/tables/a~1b/global_secondary_indexes/by_x/partition_key",
      ]),
    );
  });

  test("with a hundred thousand faults are answered in few words", async () => {
    const extra = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, 1]));
    const { status, body } = await callApi("/requests", { token, body: { ...aRequestBody(), ...extra } });
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(100);
  });
});

describe("refusals of the verbs", () => {
  test("own request, out of turn: 403; stale version, decided before: 409; no comment: 422; not seen: 404", async () => {
    const security = await makeToken(await makePerson({ groups: ["security"] }));
    const noor = await makeToken(await makePerson({ groups: ["billing-devs"] }));
    const own = await makeRequest(asActor(pat));
    const prod = await ask({ environment: "prod" });
    const decide = async (path: string, one: string, body: object) => {
      const { status, body: problem } = await callApi(`/requests/${path}`, { token: one, body });
      return [status, problem.code];
    };
    expect(await decide(`${own}/approve`, approver, { version: 1 })).toEqual([403, "FORBIDDEN"]);
    expect(await decide(`${prod}/approve`, security, { version: 1 })).toEqual([403, "FORBIDDEN"]);
    expect(await decide(`${prod}/approve`, approver, { version: 2 })).toEqual([409, "CONFLICT"]);
    expect(await decide(`${prod}/reject`, approver, { version: 1 })).toEqual([422, "INVALID"]);
    expect(await decide(`${prod}/send-back`, approver, { version: 1 })).toEqual([422, "INVALID"]);
    expect(await decide(`${prod}/approve`, noor, { version: 1 })).toEqual([404, "NOT_FOUND"]);
    expect(
      (await callApi(`/requests/${prod}/approve`, { token: approver, body: { version: 1 } })).status,
    ).toBe(200);
    expect(await decide(`${prod}/approve`, approver, { version: 1 })).toEqual([409, "CONFLICT"]);
    expect(await decide(`${prod}/retry`, token, { version: 1 })).toEqual([409, "CONFLICT"]);
    expect(await decide(`${prod}/resubmit`, approver, { version: 1, tables: { x: aTable() } })).toEqual([
      403,
      "FORBIDDEN",
    ]);
  });

  test("a taken name: 409; a guardrail: 422; a rule that fails: 503 with Retry-After", async () => {
    const body = aRequestBody();
    expect((await callApi("/requests", { token, body })).status).toBe(201);
    const taken = await callApi("/requests", { token, body });
    expect(taken.status).toBe(409);
    const [key] = Object.keys(body.tables);
    expect(taken.body.errors).toMatchObject([{ path: `/tables/${key}`, id: "name-taken" }]);
    const prod = aRequestBody({ environment: "prod", tables: { p: { partition_key: "id" } } });
    const denied = await callApi("/requests", { token, body: prod });
    expect(denied.status).toBe(422);
    expect(denied.body.errors).toMatchObject([{ path: "/tables/p", id: "prod-recovery" }]);
    const broken = await callApi("/requests", { token, body: aRequestBody({ environment: "broken" }) });
    expect([broken.status, broken.body.code]).toEqual([503, "UNAVAILABLE"]);
    expect(broken.body.errors).toMatchObject([{ id: "sorted-only" }]);
    expect(Number(broken.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("kinds and formats that are not built yet are refused by name, never ignored", async () => {
    for (const kind of ["change", "adopt"]) {
      const { status, body } = await callApi("/requests", { token, body: aRequestBody({ kind }) });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ path: "/kind", message: expect.stringContaining(kind) }]);
    }
  });
});

test("every verb answers 200 with the request as it is then, and the submit 201", async () => {
  const submitted = await callApi("/requests", { token, body: aRequestBody({ environment: "many" }) });
  expect(submitted.status).toBe(201);
  const id = String(submitted.body.id);
  const [key] = (submitted.body.tables as { key: string }[]).map((table) => table.key);
  const run = async (verb: string, one: string, body: object) => {
    const answer = await callApi(`/requests/${id}/${verb}`, { token: one, body });
    expect(answer.status, `${verb} ${JSON.stringify(answer.body)}`).toBe(200);
    expect((await callApi(`/requests/${id}`, { token: one })).body).toEqual(answer.body);
    return answer.body;
  };
  expect(await run("comments", token, { comment: "Soon?" })).toMatchObject({
    state: "submitted",
    version: 1,
  });
  expect(await run("approve", approver, { version: 1, acknowledged: [] })).toMatchObject({
    state: "submitted",
  });
  expect(await run("resubmit", token, { version: 1, tables: { [key!]: aTable() } })).toMatchObject({
    version: 2,
  });
  expect(await run("send-back", approver, { version: 2, comment: "Why?" })).toMatchObject({
    state: "sent_back",
  });
  expect(await run("resubmit", token, { version: 2, tables: { [key!]: aTable() } })).toMatchObject({
    version: 3,
  });
  await db().request.update({ where: { id }, data: { state: "approved" } });
  await failRequest(id);
  expect(await run("retry", token, { version: 3 })).toMatchObject({ state: "provisioning" });
  await failRequest(id);
  expect(await run("cancel", token, { version: 3, comment: "Enough" })).toMatchObject({ state: "cancelled" });
  const other = await ask();
  const rejected = await callApi(`/requests/${other}/reject`, {
    token: approver,
    body: { version: 1, comment: "No" },
  });
  expect(rejected.body).toMatchObject({ state: "rejected" });
  expect((await requestRow(other)).state).toBe("rejected");
});
