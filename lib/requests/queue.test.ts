import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { aRequestBody, aTable, makeActor, makeActors, makeRequest, requestRow } from "#prisma/factories.ts";
import { insertManyRequests } from "#prisma/many-requests.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { approveMany } from "./approve-many.ts";
import { cancelRequest } from "./cancel.ts";
import { listApprovalQueue, listWaiting } from "./queue-queries.ts";
import { queueIdsSql } from "./queue-store.ts";
import { resubmitRequest } from "./resubmit.ts";
import { sendBackRequest } from "./send-back.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
let priya: UserActor;
let sam: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  [pat, priya] = (await makeActors(2, "platform")) as [UserActor, UserActor];
  sam = await makeActor("security");
});

const idsFor = async (actor: UserActor, filter: object) =>
  (await listApprovalQueue(actor, { limit: 100, ...filter })).items.map(({ request }) => request.id);

describe("whose turn it is", () => {
  test("stands on the row from the submit to the last approval, and anew after an edit", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    const turn = async () => (await requestRow(id)).turn;
    expect(await turn()).toBe("platform");
    await approveRequest(pat, { id, version: 1 });
    expect(await turn()).toBe("platform");
    await approveRequest(priya, { id, version: 1 });
    expect(await turn()).toBe("security");
    await sendBackRequest(sam, { id, version: 1, comment: "Which team owns it?" });
    expect(await turn()).toBeNull();
    const tables = aRequestBody().tables;
    await resubmitRequest(dana, { id, version: 1, tables });
    expect(await turn()).toBe("platform");
  });

  test("decides what `needs=me` lists: not one's own, not another group's, not what one has decided on", async () => {
    const waiting = await makeRequest(dana, { environment: "prod" });
    const own = await makeRequest(pat, { environment: "prod" });
    const decided = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, { id: decided, version: 1 });
    const mine = await idsFor(pat, { needs: "me" });
    expect(mine).toContain(waiting);
    expect(mine).not.toContain(own);
    expect(mine).not.toContain(decided);
    expect(await idsFor(sam, { needs: "me" })).not.toContain(waiting);
    expect((await listWaiting(pat, {})).count).toBe(mine.length);
    expect(
      (await listApprovalQueue(pat, { limit: 100, needs: "me" })).items.every(({ may }) => may.allowed),
    ).toBe(true);
  });
});

describe("the queue", () => {
  test("says what a request is expected to cost a month, at least what, and nothing where nobody can say", async () => {
    const usage = { reads_per_second: 0, writes_per_second: 15, item_kb: 1, items: 0 };
    const make = (tables: Record<string, ReturnType<typeof aTable>>, used: object) =>
      makeRequest(dana, { environment: "stage", tables, usage: used });
    const ids = [
      await make({ priced: aTable() }, { priced: usage }),
      await make({ told: aTable(), untold: aTable() }, { told: usage }),
      await make({ immense: aTable() }, { immense: { ...usage, writes_per_second: 1e9 } }),
      await make({ silent: aTable() }, {}),
    ];
    const { items } = await listApprovalQueue(pat, { limit: 100 });
    const shown = ids.map((id) => items.find(({ request }) => request.id === id)!);
    expect(shown.map(({ monthly_cents, monthly_more }) => [monthly_cents, monthly_more])).toEqual([
      [2464, false],
      [2464, true],
      [2 ** 31 - 1, true],
      [null, false],
    ]);
  });

  test("lists every waiting request once, page by page, newest or oldest first", async () => {
    for (let made = 0; made < 5; made += 1) await makeRequest(dana, { environment: "prod" });
    const walk = async (sort: string) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listApprovalQueue(pat, { sort, limit: 2, ...(cursor && { cursor }) });
        ids.push(...page.items.map(({ request }) => request.id));
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
      return ids;
    };
    const newest = await walk("newest");
    expect(newest).toHaveLength(await db().request.count({ where: { state: "submitted" } }));
    expect(new Set(newest).size).toBe(newest.length);
    expect(await walk("oldest")).toEqual(newest.toReversed());
  });

  test("finds by a table's name, project, person and number, in capital or small letters, and takes % as itself", async () => {
    const person = await makeActor("billing-devs");
    await db().user.update({ where: { id: person.id }, data: { name: "Ólafur Þór" } });
    const id = await makeRequest(person, { project: "billing", tables: { "Find_me-100": aTable() } });
    const { number } = await requestRow(id);
    for (const q of [
      "FIND_ME",
      "billing-stage",
      "ólafur",
      person.email.slice(0, 12),
      `#${number}`,
      String(number),
    ])
      expect(await idsFor(pat, { q }), q).toContain(id);
    for (const q of ["Find%me", "FindXme", "%%%"]) expect(await idsFor(pat, { q }), q).not.toContain(id);
    expect(await idsFor(pat, { project: "shop" })).not.toContain(id);
  });

  test("shows a request whose row cannot be read as such, and all others as they are", async () => {
    const broken = await makeRequest(dana);
    const sound = await makeRequest(dana);
    await db().request.update({ where: { id: broken }, data: { required: { not: "a list" } } });
    const { items } = await listApprovalQueue(pat, { limit: 100 });
    const find = (id: string) => items.find(({ request }) => request.id === id);
    expect(find(broken)).toMatchObject({ broken: true, may: { allowed: false } });
    expect(find(sound)).toMatchObject({ broken: false, may: { allowed: true } });
    await db().request.update({ where: { id: broken }, data: { state: "cancelled" } });
  });
});

describe("approving several", () => {
  test("approves each for itself, and says of each what became of it", async () => {
    const sound = await makeRequest(dana);
    const needsMore = await makeRequest(dana, { environment: "prod" });
    const own = await makeRequest(pat);
    const cancelled = await makeRequest(dana);
    await cancelRequest(dana, { id: cancelled, version: 1 });
    const requests = [sound, own, cancelled, needsMore].map((id) => ({ id, version: 1 }));
    const { outcomes } = await approveMany(pat, { requests, comment: "All of them looked at" });
    expect(outcomes.map(({ id, approved }) => [id, approved])).toEqual([
      [sound, true],
      [own, false],
      [cancelled, false],
      [needsMore, true],
    ]);
    expect(outcomes[1]!.message).toMatch(/your own request/);
    expect(outcomes[2]!.message).toMatch(/cancelled/);
    const states = await Promise.all(
      [sound, own, cancelled, needsMore].map(async (id) => (await requestRow(id)).state),
    );
    expect(states).toEqual(["approved", "submitted", "cancelled", "submitted"]);
  });

  test("leads to the page of one with a warning, for that is where people acknowledge it", async () => {
    const id = await makeRequest(dana, { tables: { ["k".repeat(120)]: aTable() } });
    const { outcomes } = await approveMany(pat, { requests: [{ id, version: 1 }] });
    expect(outcomes).toEqual([
      { id, approved: false, message: "Acknowledge on its own page what guardrails warn of: short-keys" },
    ]);
  });
});

describe("among many requests", () => {
  beforeAll(() => insertManyRequests(20_000, { waitingEach: 5 }));

  const planOf = async (actor: UserActor, filter: object, order: "newest" | "oldest" = "newest") => {
    const selfApproval = false;
    const sql = queueIdsSql(actor, { selfApproval, ...filter }, { order, take: 51 }, []);
    const lines = await db().$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
      `explain ${sql.text}`,
      ...sql.values,
    );
    return lines.map((line) => line["QUERY PLAN"]).join("\n");
  };
  const walksByAge = /Index (Only )?Scan (Backward )?using request_waiting_idx/;

  test.each([
    ["everything, newest first", {}, "newest"],
    ["everything, oldest first", {}, "oldest"],
    ["one project", { project: "billing" }, "newest"],
    ["what needs me", { needs: "me" }, "newest"],
    ["a text that many hold", { q: "table" }, "newest"],
  ] as const)("%s is read along an index by age, and sorts nothing", async (_what, filter, order) => {
    const plan = await planOf(pat, filter, order);
    expect(plan).toMatch(walksByAge);
    expect(plan).not.toMatch(/Seq Scan on request|Sort/);
  });

  test("what needs a group whose turn is rare is found by whose turn it is", async () => {
    expect(await planOf(sam, { needs: "me" })).toMatch(/request_waiting_turn_idx/);
  });

  test("a text that few hold is found by its parts", async () => {
    expect(await planOf(pat, { q: "table-19995" })).toMatch(/request_searchText_idx/);
  });

  test("what one may see as an approver alone is found without reading every row", async () => {
    expect(await planOf(sam, {})).not.toMatch(/Seq Scan on request/);
  });
});
