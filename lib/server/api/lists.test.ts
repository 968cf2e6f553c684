import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { actorOf } from "#lib/people/actor.ts";
import { makePerson, makeRequest, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

let token: string;
let dana: UserActor;
const ids: string[] = [];
beforeAll(async () => {
  const person = await makePerson({ groups: ["shop-devs"] });
  dana = actorOf(person, getConfig(), null);
  token = await makeToken(person);
  // `dev` is approved by rule, so each has a table in the list of tables.
  for (let n = 0; n < 23; n++) ids.push(await makeRequest(dana, { environment: "dev" }));
});

type Item = { id: string; created_at: string };
type ListPage = { items: Item[]; next_cursor: string | null };
const list = async (path: string) => (await callApi(path, { token })).body as ListPage;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe.each(["/requests", "/tables"])("%s", (path) => {
  test("shows every row once, newest first, while others are added", async () => {
    const before = (await list(`${path}?limit=100`)).items;
    const walked: Item[] = [];
    let cursor: string | null = null;
    do {
      const page: ListPage = await list(`${path}?limit=4${cursor ? `&cursor=${cursor}` : ""}`);
      expect(page.items.length).toBeLessThanOrEqual(4);
      walked.push(...page.items);
      cursor = page.next_cursor;
      await makeRequest(dana, { environment: "dev" });
    } while (cursor);
    expect(walked.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const times = walked.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test("has 50 rows a page unless told otherwise, from 1 to 100", async () => {
    expect((await list(`${path}?limit=1`)).items).toHaveLength(1);
    expect((await list(`${path}?limit=100`)).next_cursor).toBeNull();
    for (const limit of ["0", "101", "-1", "1.5", "1e1", "0x10", "", "ten", "NaN", " 5", "9".repeat(400)]) {
      const { status, body } = await callApi(`${path}?limit=${encodeURIComponent(limit)}`, { token });
      expect([status, body.code], limit).toEqual([422, "INVALID"]);
      expect(body.errors, limit).toMatchObject([{ path: "/limit" }]);
    }
  });

  test("refuses a cursor that is none of its own", async () => {
    const id = ids[0];
    const at = "2026-01-01T00:00:00.000Z";
    for (const cursor of [
      "",
      "x",
      "AAAA",
      "x".repeat(300),
      encode({}),
      encode([at]),
      encode([at, "1"]),
      encode([at, id, id]),
      encode(["2026-01-01", id]),
      encode(["0000-01-01T00:00:00.000Z", id]),
      encode(["2026-02-31T00:00:00.000Z", id]),
      encode(["9999-99-99T00:00:00.000Z", id]),
      encode([null, id]),
    ]) {
      const { status, body } = await callApi(`${path}?cursor=${cursor}`, { token });
      expect([status, body.code], cursor).toEqual([422, "INVALID"]);
      expect(body.errors, cursor).toMatchObject([{ path: "/cursor" }]);
    }
    expect((await callApi(`${path}?cursor=${encode([at, id])}`, { token })).status).toBe(200);
  });

  test("refuses parameters it does not know, values it does not have, and one given twice", async () => {
    for (const [query, at] of [
      ["colour=red", "/colour"],
      ["__proto__=1", "/__proto__"],
      ["constructor=1", "/constructor"],
      ["mine=true", "/mine"],
      ["state=happy", "/state"],
      ["limit=5&limit=6", "/limit"],
      [`q=${"x".repeat(201)}`, "/q"],
      ["q=%00", "/q"],
    ] as const) {
      const { status, body } = await callApi(`${path}?${query}`, { token });
      expect([status, body.code], query).toEqual([422, "INVALID"]);
      expect(body.errors, query).toMatchObject([{ path: at }]);
    }
  });
});
