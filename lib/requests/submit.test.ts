import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { aRequestBody, aTable, auditOf, jobsFor, makeActor, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { assess } from "./assess.ts";
import { discardDraft } from "./discard-draft.ts";
import { getRequest, listRequests } from "./queries.ts";
import { resubmitRequest } from "./resubmit.ts";
import { saveDraft } from "./save-draft.ts";
import { createBody } from "./schema.ts";
import { reserveTables, submitRequest } from "./submit.ts";
import { getDraft, previewRequest } from "./wizard-queries.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let noor: UserActor;
let pat: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  noor = await makeActor("billing-devs");
  pat = await makeActor("platform");
});

const draftOf = (project = "shop") => ({
  id: null,
  content: { project, environment: "stage", justification: "", step: "keys", tables: [] },
});

describe("a submit", () => {
  test("stores complete specs under composed names, waits for whom the rule requires, and is audited", async () => {
    const body = aRequestBody({ tables: { orders: aTable({ sort_key: "at" }) } });
    const { id } = await submitRequest(dana, { body });
    const row = await requestRow(id);
    expect(row).toMatchObject({
      state: "submitted",
      version: 1,
      rule: "default",
      required: [{ rule: "default", group: "platform", count: 1 }],
      endpoint: "sandbox",
      account: "000000000000",
      region: "us-east-1",
      approvedAt: null,
    });
    expect(row.tables).toHaveLength(1);
    expect(row.tables[0]).toMatchObject({
      name: "shop-stage-orders",
      state: "pending",
      holdsName: true,
      approvedAt: null,
      spec: { partition_key: "id", sort_key: "at", encryption: "aws_managed", ttl_attribute: "ttl" },
    });
    expect(await auditOf(id)).toMatchObject([
      { event: "request.submit", actorId: dana.id, version: 1, data: { project: "shop", rule: "default" } },
    ]);
    expect(await jobsFor(id)).toBe(0);
  });

  test("that a rule approves is approved at once: nothing in given, an event that names the rule, one job", async () => {
    const { id } = await submitRequest(dana, { body: aRequestBody({ environment: "dev" }) });
    const view = await getRequest(dana, { id });
    expect(view.state).toBe("approved");
    expect(view.approvals).toEqual({ required: [], given: [] });
    expect(view.tables[0]!.table_id).not.toBeNull();
    expect(view.events.map(({ event, data }) => [event, data.rule])).toEqual([
      ["request.submit", "dev-on-demand"],
      ["request.approve-by-rule", "dev-on-demand"],
    ]);
    expect(await jobsFor(id)).toBe(1);
  });

  test("is refused where the person may not ask, as if the project did not exist", async () => {
    for (const [actor, project] of [
      [noor, "shop"],
      [dana, "constructor"],
      [pat, "nowhere"],
    ] as const) {
      await expect(submitRequest(actor, { body: aRequestBody({ project }) })).rejects.toMatchObject({
        code: "NOT_FOUND",
        errors: [{ path: "/project" }],
      });
    }
  });

  test("of the platform group is possible in every project", async () => {
    await expect(submitRequest(pat, { body: aRequestBody({ project: "billing" }) })).resolves.toBeDefined();
  });

  test("is refused by a guardrail of level deny, which is named, and stores nothing", async () => {
    const before = await db().request.count();
    const body = aRequestBody({ environment: "prod", tables: { a: { partition_key: "id" } } });
    await expect(submitRequest(dana, { body })).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ id: "prod-recovery", path: "/tables/a" }],
    });
    expect(await db().request.count()).toBe(before);
  });

  test("names what is wrong with an unknown environment, a key, a tag too many, figures for no table", async () => {
    const figures = { reads_per_second: 1, writes_per_second: 1, item_kb: 1, items: 1 };
    const tags = Object.fromEntries(Array.from({ length: 44 }, (_, n) => [`t${n}`, "x"]));
    const cases = [
      [aRequestBody({ environment: "moon" }), "/environment"],
      [aRequestBody({ tables: { "a b": aTable() } }), "/tables/a b"],
      [aRequestBody({ tables: { [`k${"x".repeat(250)}`]: aTable() } }), `/tables/k${"x".repeat(250)}`],
      [
        aRequestBody({ environment: "dev", tables: { tagged: aTable({ tags }) } }),
        "/body/tables/tagged/tags",
      ],
      [aRequestBody({ usage: { nothing: figures } }), "/body/usage/nothing"],
    ] as const;
    for (const [body, path] of cases) {
      await expect(submitRequest(dana, { body }), path).rejects.toMatchObject({
        code: "INVALID",
        errors: [{ path }],
      });
    }
  });
});

test("a justification has 1 to 2,000 characters that say something, a request 1 to 100 tables", async () => {
  const tables = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`many-${count}-${n}`, aTable()]));
  for (const [fields, path] of [
    [{ justification: "" }, "/body/justification"],
    [{ justification: " \n" }, "/body/justification"],
    [{ justification: "x".repeat(2001) }, "/body/justification"],
    [{ tables: {} }, "/body/tables"],
    [{ tables: tables(101) }, "/body/tables"],
  ] as const)
    await expect(submitRequest(dana, { body: aRequestBody(fields) })).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ path }],
    });
  const most = { justification: "x".repeat(2000), tables: tables(100) };
  await expect(submitRequest(dana, { body: aRequestBody(most) })).resolves.toBeDefined();
});

describe("names", () => {
  test("are taken once per environment; the second asker is told which", async () => {
    const body = aRequestBody({ tables: { ledger: aTable() } });
    await submitRequest(dana, { body });
    await expect(submitRequest(pat, { body })).rejects.toMatchObject({
      code: "CONFLICT",
      errors: [{ id: "name-taken", path: "/tables/ledger" }],
    });
    await expect(submitRequest(dana, { body: { ...body, environment: "many" } })).resolves.toBeDefined();
    await expect(
      submitRequest(dana, { body: { ...body, tables: { Ledger: aTable() } } }),
    ).resolves.toBeDefined();
  });

  test("have one winner when ten ask for one at the same moment", async () => {
    const tables = { race: aTable(), other: aTable() };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => submitRequest(dana, { body: aRequestBody({ tables }) })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    expect(await db().table.count({ where: { name: "shop-stage-race" } })).toBe(1);
  });

  test("have one winner when two ask for the same two in opposite order", async () => {
    const orders = [
      { x1: aTable(), x2: aTable() },
      { x2: aTable(), x1: aTable() },
    ];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        submitRequest(dana, { body: aRequestBody({ tables: orders[n % 2] }) }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
  });

  test("are guarded by the database too, whatever the check before said", async () => {
    const parsed = createBody.parse(aRequestBody({ tables: { guarded: aTable() } }));
    const stale = await assess(dana, parsed);
    await submitRequest(dana, { body: parsed });
    const request = await db().request.create({
      data: { state: "submitted", project: "shop", environment: "stage", requesterId: dana.id },
    });
    await expect(db().$transaction((tx) => reserveTables(tx, request, stale, null))).rejects.toMatchObject({
      code: "CONFLICT",
      errors: [{ id: "name-taken" }],
    });
    expect(await db().table.count({ where: { name: "shop-stage-guarded" } })).toBe(1);
  });
});

describe("a rule that fails to run", () => {
  const refused = { code: "UNAVAILABLE", errors: [{ id: "sorted-only" }] };
  const lastLine = () => db().auditEvent.findFirst({ orderBy: { id: "desc" } });

  test("refuses the submit with its id and stores nothing but an audit line", async () => {
    const [requests, tables, lines] = await counts();
    const body = aRequestBody({ environment: "broken" });
    await expect(submitRequest(dana, { body })).rejects.toMatchObject(refused);
    expect(await counts()).toEqual([requests, tables, lines! + 1]);
    expect(await lastLine()).toMatchObject({
      event: "request.refuse",
      actorId: dana.id,
      requestId: null,
      data: { project: "shop", environment: "broken", rule: "sorted-only" },
    });
  });

  test("refuses a draft, which stays a draft and tells of it", async () => {
    const { id } = await saveDraft(dana, draftOf());
    const body = aRequestBody({ environment: "broken" });
    await expect(submitRequest(dana, { draft_id: id, body })).rejects.toMatchObject(refused);
    expect((await requestRow(id)).state).toBe("draft");
    expect(await auditOf(id)).toMatchObject([{ event: "request.refuse" }]);
  });

  test("refuses a resubmission, and the request stays as it was", async () => {
    const tables = { sorted: aTable({ sort_key: "when" }) };
    const { id } = await submitRequest(dana, { body: aRequestBody({ environment: "broken", tables }) });
    const change = { id, version: 1, tables: { sorted: aTable() } };
    await expect(resubmitRequest(dana, change)).rejects.toMatchObject(refused);
    const row = await requestRow(id);
    expect(row).toMatchObject({ version: 1, state: "submitted" });
    expect(row.tables[0]!.spec).toMatchObject({ sort_key: "when" });
    expect((await auditOf(id)).map((line) => line.event)).toEqual(["request.submit", "request.refuse"]);
  });

  test("refuses a preview, which leaves nothing at all", async () => {
    const before = await counts();
    await expect(previewRequest(dana, aRequestBody({ environment: "broken" }))).rejects.toMatchObject(
      refused,
    );
    expect(await counts()).toEqual(before);
  });
});

async function counts() {
  return Promise.all([db().request.count(), db().table.count(), db().auditEvent.count()]);
}

describe("a preview", () => {
  test("stores nothing, and shows taken names, guardrails, the plan and the approvals", async () => {
    const body = aRequestBody({ environment: "prod", tables: { taken: aTable() } });
    await submitRequest(dana, { body });
    const before = await counts();
    const { justification: _, ...asked } = body;
    const preview = await previewRequest(dana, {
      ...asked,
      tables: { taken: { partition_key: "id", deletion_protection: true } },
    });
    expect(await counts()).toEqual(before);
    expect(preview.tables[0]).toMatchObject({ key: "taken", name: "shop-prod-taken", cost: null });
    expect(preview.tables[0]!.findings.map(({ id, level, path }) => [id, level, path])).toEqual(
      expect.arrayContaining([
        ["name-taken", "deny", "/tables/taken"],
        ["prod-recovery", "deny", "/tables/taken"],
      ]),
    );
    expect(preview.tables[0]!.plan[0]).toMatchObject({ call: "CreateTable" });
    expect(preview.approvals).toEqual([
      { rule: "prod", group: "platform", count: 2 },
      { rule: "prod", group: "security", count: 1 },
    ]);
  });

  test("estimates what each table costs by what is expected of it, and the request keeps the sum for lists", async () => {
    const usage = { reads_per_second: 20, writes_per_second: 15, item_kb: 1, items: 1e8 };
    const tables = { priced: aTable(), silent: aTable() };
    const body = aRequestBody({ environment: "stage", tables, usage: { priced: usage } });
    const preview = await previewRequest(dana, body);
    // Writes 24.64, reads 3.29, storage 28.10, recovery 22.48.
    expect(preview.tables.map(({ key, cost }) => [key, cost?.monthly_usd])).toEqual([
      ["priced", 78.51],
      ["silent", undefined],
    ]);
    const { id } = await submitRequest(dana, { body });
    expect(await requestRow(id)).toMatchObject({ monthlyCents: 7851, usage: { priced: usage } });
  });
});

describe("a draft", () => {
  test("is its author's alone, reserves nothing and is no request for anybody else", async () => {
    const { id } = await saveDraft(dana, draftOf());
    for (const other of [pat, noor]) {
      await expect(getRequest(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(getDraft(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(saveDraft(other, { ...draftOf(), id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(discardDraft(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(submitRequest(other, { draft_id: id, body: aRequestBody() })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      const { items } = await listRequests(other, { limit: 100 });
      expect(items.map((item) => item.id)).not.toContain(id);
    }
    expect(await db().table.count({ where: { requestId: id } })).toBe(0);
    expect(await auditOf(id)).toEqual([]);
    expect((await getDraft(dana, { id })).content.step).toBe("keys");
  });

  test("is submitted once: of five tries at the same moment one makes the request", async () => {
    const { id } = await saveDraft(dana, draftOf());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => submitRequest(dana, { draft_id: id, body: aRequestBody() })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    const row = await requestRow(id);
    expect(row).toMatchObject({ state: "submitted", version: 1, draft: null });
    expect(row.tables).toHaveLength(1);
    expect((await auditOf(id)).map((line) => line.event)).toEqual(["request.submit"]);
    await expect(saveDraft(dana, { ...draftOf(), id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(discardDraft(dana, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(getDraft(dana, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("can be discarded, and one person keeps at most 50", async () => {
    const hoarder = await makeActor("shop-devs");
    const { id } = await saveDraft(hoarder, draftOf());
    await discardDraft(hoarder, { id });
    await expect(getRequest(hoarder, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db().request.createMany({
      data: Array.from({ length: 50 }, () => ({ state: "draft", requesterId: hoarder.id })),
    });
    await expect(saveDraft(hoarder, draftOf())).rejects.toMatchObject({ code: "LIMIT" });
  });
});
