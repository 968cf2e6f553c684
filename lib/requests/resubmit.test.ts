import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";
import {
  aTable,
  auditOf,
  failRequest,
  jobsFor,
  makeActor,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { getRequest } from "./queries.ts";
import { resubmitRequest } from "./resubmit.ts";
import { sendBackRequest } from "./send-back.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
let priya: UserActor;
let alex: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  priya = await makeActor("platform");
  alex = await makeActor("platform", "security");
});

let count = 0;
const newKey = () => `edited-${++count}`;
const sorted: TableSpecInput = aTable({ sort_key: "at" });

describe("what is expected of the tables", () => {
  const usage = (writes: number) => ({
    reads_per_second: 0,
    writes_per_second: writes,
    item_kb: 1,
    items: 0,
  });

  test("stays where an edit says nothing new, and is replaced as a whole where it does", async () => {
    const [one, two] = [newKey(), newKey()];
    const tables = { [one]: aTable(), [two]: aTable() };
    const id = await makeRequest(dana, { tables, usage: { [one]: usage(15), [two]: usage(15) } });
    const expected = async () => {
      const { usage, monthlyCents } = await requestRow(id);
      return { usage, monthlyCents };
    };
    await resubmitRequest(dana, { id, version: 1, tables: { [one]: sorted } });
    expect(await expected()).toEqual({ usage: { [one]: usage(15) }, monthlyCents: 2464 });
    await resubmitRequest(dana, { id, version: 2, tables, usage: { [two]: usage(30) } });
    expect(await expected()).toEqual({ usage: { [two]: usage(30) }, monthlyCents: 4928 });
    await resubmitRequest(dana, { id, version: 3, tables, usage: {} });
    expect(await expected()).toEqual({ usage: {}, monthlyCents: null });
    const unknown = resubmitRequest(dana, { id, version: 4, tables, usage: { nothing: usage(1) } });
    await expect(unknown).rejects.toMatchObject({ code: "INVALID", errors: [{ path: "/usage/nothing" }] });
  });

  test("stays of a table that exists already, when only the others are asked for anew", async () => {
    const [made, failed] = [newKey(), newKey()];
    const tables = { [made]: aTable(), [failed]: aTable() };
    const id = await makeRequest(dana, { tables, usage: { [made]: usage(15), [failed]: usage(15) } });
    await failRequest(id, [made]);
    await resubmitRequest(dana, {
      id,
      version: 1,
      tables: { [failed]: sorted },
      usage: { [failed]: usage(30) },
    });
    expect(await requestRow(id)).toMatchObject({
      usage: { [made]: usage(15), [failed]: usage(30) },
      monthlyCents: 2464 + 4928,
    });
  });
});

describe("an edit while the request waits", () => {
  test("counts the version up, voids the approvals given before and replaces the tables", async () => {
    const [old, kept, added] = [newKey(), newKey(), newKey()];
    const tables = { [old]: aTable(), [kept]: aTable() };
    const id = await makeRequest(dana, { environment: "prod", tables });
    await approveRequest(pat, { id, version: 1 });
    await resubmitRequest(dana, { id, version: 1, tables: { [kept]: sorted, [added]: aTable() } });

    const row = await requestRow(id);
    expect(row).toMatchObject({ state: "submitted", version: 2, justification: "Orders need a home" });
    expect(row.tables.map(({ key, name }) => [key, name])).toEqual(
      [kept, added].sort().map((key) => [key, `shop-prod-${key}`]),
    );
    await expect(approveRequest(priya, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    // Whoever approved version 1 has to do it again, and may.
    await approveRequest(pat, { id, version: 2 });
    expect((await requestRow(id)).state).toBe("submitted");
    await approveRequest(alex, { id, version: 2 });
    const view = await getRequest(dana, { id });
    expect(view.approvals.given.map(({ version }) => version)).toEqual([1, 2, 2]);
    expect((await auditOf(id)).map(({ event, version }) => [event, version])).toEqual([
      ["request.submit", 1],
      ["request.approve", 1],
      ["request.resubmit", 2],
      ["request.approve", 2],
      ["request.approve", 2],
    ]);
    await expect(
      makeRequest(pat, { environment: "prod", tables: { [old]: aTable() } }),
    ).resolves.toBeDefined();
  });

  test("and an approval at the same moment never approve what the approver did not see", async () => {
    for (let round = 0; round < 5; round++) {
      const key = newKey();
      const id = await makeRequest(dana, { tables: { [key]: aTable() } });
      const outcomes = await Promise.allSettled([
        approveRequest(pat, { id, version: 1 }),
        resubmitRequest(dana, { id, version: 1, tables: { [key]: sorted } }),
      ]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const row = await requestRow(id);
      const approvedAsSeen = row.state === "approved" && row.version === 1;
      const waitsAsEdited = row.state === "submitted" && row.version === 2;
      expect(approvedAsSeen || waitsAsEdited).toBe(true);
      const { sort_key } = row.tables[0]!.spec as { sort_key: string | null };
      expect(sort_key).toBe(approvedAsSeen ? null : "at");
      expect(await jobsFor(id)).toBe(approvedAsSeen ? 1 : 0);
    }
  });

  test("that a rule now approves is approved at once", async () => {
    const key = newKey();
    const capacity = { billing_mode: "PROVISIONED" as const, read_capacity: 1, write_capacity: 1 };
    const id = await makeRequest(dana, { environment: "dev", tables: { [key]: aTable(capacity) } });
    await resubmitRequest(dana, { id, version: 1, tables: { [key]: aTable() }, justification: "Cheaper" });
    expect(await requestRow(id)).toMatchObject({ state: "approved", version: 2, justification: "Cheaper" });
    expect((await auditOf(id)).at(-1)).toMatchObject({ event: "request.approve-by-rule", version: 2 });
    expect(await jobsFor(id)).toBe(1);
  });

  test("keeps the request as it was when a name is taken or a guardrail denies", async () => {
    const [mine, theirs] = [newKey(), newKey()];
    const environment = "prod";
    await makeRequest(pat, { environment, tables: { [theirs]: aTable() } });
    const id = await makeRequest(dana, { environment, tables: { [mine]: aTable() } });
    const edit = (tables: object) => resubmitRequest(dana, { id, version: 1, tables });
    await expect(edit({ [theirs]: aTable() })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(edit({ [mine]: { partition_key: "id" } })).rejects.toMatchObject({ code: "INVALID" });
    await expect(edit({})).rejects.toMatchObject({ code: "INVALID", errors: [{ path: "/tables" }] });
    const row = await requestRow(id);
    expect(row.version).toBe(1);
    expect(row.tables.map(({ key }) => key)).toEqual([mine]);
  });

  test("is the requester's alone, at the version they saw", async () => {
    const id = await makeRequest(dana);
    const change = { id, version: 1, tables: { [newKey()]: aTable() } };
    for (const other of [pat, await makeActor("shop-devs")])
      await expect(resubmitRequest(other, change)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(resubmitRequest(await makeActor("billing-devs"), change)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(resubmitRequest(dana, { ...change, version: 2 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await cancelRequest(dana, { id, version: 1 });
    await expect(resubmitRequest(dana, change)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("a request that was sent back waits anew, and who sent it back may decide on the new version", async () => {
  const key = newKey();
  const id = await makeRequest(dana, { tables: { [key]: aTable() } });
  await sendBackRequest(pat, { id, version: 1, comment: "Which sort key?" });
  await resubmitRequest(dana, { id, version: 1, tables: { [key]: sorted } });
  await approveRequest(pat, { id, version: 2 });
  expect(await requestRow(id)).toMatchObject({ state: "approved", version: 2 });
});

describe("a resubmission of a failed request", () => {
  test("keeps the tables that exist, gives the others new specs and asks for approval anew", async () => {
    const [done, bad, gone] = [newKey(), newKey(), newKey()];
    const id = await makeRequest(dana, { tables: { [done]: aTable(), [bad]: aTable(), [gone]: aTable() } });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id, [done]);
    const before = await requestRow(id);
    const kept = before.tables.find((table) => table.key === done)!;
    await resubmitRequest(dana, { id, version: 1, tables: { [bad]: sorted } });

    const row = await requestRow(id);
    expect(row).toMatchObject({ state: "submitted", version: 2, approvedAt: null });
    expect(row.tables.map(({ key }) => key).sort()).toEqual([done, bad].sort());
    expect(row.tables.find((table) => table.key === done)).toEqual(kept);
    const fresh = row.tables.find((table) => table.key === bad)!;
    expect(fresh).toMatchObject({ state: "pending", problem: null, approvedAt: null, identity: null });
    await approveRequest(pat, { id, version: 2 });
    expect(await requestRow(id)).toMatchObject({ state: "approved" });
  });

  test("may repeat a table that exists as it is, and may not change it", async () => {
    const [done, bad] = [newKey(), newKey()];
    const id = await makeRequest(dana, { tables: { [done]: aTable(), [bad]: aTable() } });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id, [done]);
    const again = (spec: TableSpecInput) =>
      resubmitRequest(dana, { id, version: 1, tables: { [done]: spec, [bad]: aTable() } });
    await expect(again(sorted)).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ path: `/tables/${done}` }],
    });
    await again(aTable());
    expect((await requestRow(id)).version).toBe(2);
  });

  test("holds 100 tables, those that exist counted", async () => {
    const tables = Object.fromEntries(Array.from({ length: 100 }, () => [newKey(), aTable()]));
    const [done] = Object.keys(tables);
    const id = await makeRequest(dana, { tables });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id, [done!]);
    const fresh = Object.fromEntries(Array.from({ length: 100 }, () => [newKey(), aTable()]));
    await expect(resubmitRequest(dana, { id, version: 1, tables: fresh })).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ path: "/tables" }],
    });
    expect(await db().table.count({ where: { requestId: id } })).toBe(100);
  });
});
