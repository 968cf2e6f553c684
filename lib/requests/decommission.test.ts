import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import {
  aTable,
  failRequest,
  makeActor,
  makeActors,
  makeDecommission,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { expireRequest } from "./expire.ts";
import { getRequest } from "./queries.ts";
import { rejectRequest } from "./reject.ts";
import { resubmitRequest } from "./resubmit.ts";
import { retryRequest } from "./retry.ts";
import { sendBackRequest } from "./send-back.ts";
import { submitRequest } from "./submit.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
});

/** Plays the workers: a table that exists, in this state; answers its key. */
async function tableIn(state: string, environment = "stage"): Promise<string> {
  const key = `t-${randomUUID().slice(0, 8)}`;
  const id = await makeRequest(dana, { environment, tables: { [key]: aTable() } });
  await db().request.update({ where: { id }, data: { state: state === "failed" ? "failed" : "completed" } });
  const existing = { identity: `id-${key}`, arn: `arn:aws:dynamodb:::table/${key}`, approvedAt: new Date() };
  await db().table.updateMany({ where: { requestId: id }, data: { state, ...existing } });
  return key;
}
const openOf = (key: string) => db().decommission.count({ where: { open: true, table: { key } } });

describe("who may ask for what", () => {
  test.each(["active", "failed"])("a table that is %s and exists may be asked for", async (state) => {
    const id = await makeDecommission(dana, "stage", [await tableIn(state)]);
    expect(await requestRow(id)).toMatchObject({ kind: "decommission", state: "submitted" });
  });

  test("keys without a table that can be deleted are refused one by one, with a pointer to each", async () => {
    const [good, creating, gone] = [
      await tableIn("active"),
      await tableIn("creating"),
      await tableIn("deleted"),
    ];
    await db().table.updateMany({ where: { key: gone }, data: { holdsName: false } });
    const waiting = `w-${randomUUID().slice(0, 8)}`;
    await makeRequest(dana, { tables: { [waiting]: aTable() } });
    await expect(
      makeDecommission(dana, "stage", ["nothing", good, creating, gone, waiting]),
    ).rejects.toMatchObject({
      code: "INVALID",
      errors: ["/tables/0", "/tables/2", "/tables/3", "/tables/4"].map((path) => ({ path })),
    });
    expect(await openOf(good)).toBe(0);
  });

  test("a table of another environment is not meant", async () => {
    const key = await tableIn("active", "many");
    await expect(makeDecommission(dana, "stage", [key])).rejects.toMatchObject({ code: "INVALID" });
  });

  test("people of other projects learn nothing", async () => {
    const stranger = await makeActor("billing-devs");
    await expect(makeDecommission(stranger, "stage", [await tableIn("active")])).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("a key that two living tables have is refused, unless one has the name it would get today", async () => {
    const key = await tableIn("active");
    const other = await tableIn("active");
    await db().table.updateMany({ where: { key: other }, data: { key } });
    const named = await makeDecommission(dana, "stage", [key]);
    expect((await getRequest(dana, { id: named })).tables[0]!.name).toBe(`shop-stage-${key}`);
    await cancelRequest(dana, { id: named, version: 1 });
    await db().table.updateMany({ where: { key, name: `shop-stage-${key}` }, data: { name: `old.${key}` } });
    await expect(makeDecommission(dana, "stage", [key])).rejects.toMatchObject({
      code: "INVALID",
      message: expect.stringMatching(/Several tables/),
    });
  });
});

describe("two who ask for the end of the same table", () => {
  test("the second gets a conflict that names the first", async () => {
    const key = await tableIn("active");
    const { number } = await requestRow(await makeDecommission(dana, "stage", [key]));
    await expect(makeDecommission(pat, "stage", [key])).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining(`Request ${number}`),
    });
  });

  test("ten at once are one request and nine conflicts", async () => {
    const key = await tableIn("active");
    const people = await makeActors(10, "shop-devs");
    const ends = await Promise.allSettled(people.map((one) => makeDecommission(one, "stage", [key])));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const end of ends)
      if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "CONFLICT" });
  });

  test("the database itself refuses a second open one", async () => {
    const key = await tableIn("active");
    await makeDecommission(dana, "stage", [key]);
    const { id: tableId } = await db().table.findFirstOrThrow({ where: { key } });
    const requestId = await makeRequest(dana);
    const data = { requestId, tableId, evidence: {}, unprotect: false };
    await expect(db().decommission.create({ data })).rejects.toThrow();
  });
});

describe("the ends of a request", () => {
  const ends: [string, (id: string) => Promise<unknown>][] = [
    ["reject", (id) => rejectRequest(pat, { id, version: 1, comment: "We need it" })],
    ["cancel", (id) => cancelRequest(dana, { id, version: 1 })],
    [
      "expire",
      async (id) => {
        await db()
          .$executeRaw`update request set "updatedAt" = now() - interval '40 days' where id = ${id}::uuid`;
        await expireRequest({ kind: "system", job: "expire" }, { id });
      },
    ],
    [
      "cancel after a send-back",
      async (id) => {
        await sendBackRequest(pat, { id, version: 1, comment: "Who reads the stream?" });
        await cancelRequest(dana, { id, version: 1 });
      },
    ],
  ];
  test.each(ends)(
    "after %s the table is as it was, holds its name, and may be asked for again",
    async (_, end) => {
      const key = await tableIn("active");
      const id = await makeDecommission(dana, "stage", [key]);
      await end(id);
      expect(await db().table.findFirst({ where: { key } })).toMatchObject({
        state: "active",
        holdsName: true,
      });
      await makeDecommission(dana, "stage", [key]);
    },
  );

  test("while it waits the table's name is not given away", async () => {
    const key = await tableIn("active");
    await makeDecommission(dana, "stage", [key]);
    await expect(makeRequest(dana, { tables: { [key]: aTable() } })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("an edit", () => {
  test("asks for other keys, voids the approvals, and lets the first table go", async () => {
    const [first, second] = [await tableIn("active", "prod"), await tableIn("active", "prod")];
    const id = await makeDecommission(dana, "prod", [first]);
    await approveRequest(pat, { id, version: 1 });
    await resubmitRequest(dana, { id, version: 1, tables: [second], justification: "The other one" });
    const request = await getRequest(dana, { id });
    expect(request).toMatchObject({ state: "submitted", version: 2, justification: "The other one" });
    expect(request.tables.map(({ key }) => key)).toEqual([second]);
    expect([await openOf(first), await openOf(second)]).toEqual([0, 1]);
  });

  test("cannot turn one kind of request into the other", async () => {
    const deletion = await makeDecommission(dana, "stage", [await tableIn("active")]);
    const creation = await makeRequest(dana);
    const invalid = { code: "INVALID", errors: [{ path: "/tables" }] };
    const edit = (id: string, tables: unknown) => resubmitRequest(dana, { id, version: 1, tables });
    await expect(edit(deletion, { a: aTable() })).rejects.toMatchObject(invalid);
    await expect(edit(creation, ["a"])).rejects.toMatchObject(invalid);
  });
});

test("a failed creation is not tried again while its table is to be deleted", async () => {
  const id = await makeRequest(dana, { tables: { [`r-${randomUUID().slice(0, 8)}`]: aTable() } });
  await approveRequest(pat, { id, version: 1 });
  const [table] = (await requestRow(id)).tables;
  await failRequest(id, [table!.key]);
  await db().table.update({ where: { id: table!.id }, data: { state: "failed" } });
  const deletion = await makeDecommission(dana, "stage", [table!.key]);
  await expect(retryRequest(dana, { id, version: 1 })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining(table!.name),
  });
  await cancelRequest(dana, { id: deletion, version: 1 });
  await retryRequest(dana, { id, version: 1 });
  await expect(makeDecommission(dana, "stage", [table!.key])).rejects.toMatchObject({ code: "INVALID" });
});

test.each([
  [["a", "a"], "/body/tables/1"],
  [[], "/body/tables"],
  [{ a: {} }, "/body/tables"],
])("a list of keys like %j is refused where it is wrong", async (tables, path) => {
  const body = { kind: "decommission", project: "shop", environment: "stage", tables, justification: "x" };
  await expect(submitRequest(dana, { body })).rejects.toMatchObject({ code: "INVALID", errors: [{ path }] });
});
