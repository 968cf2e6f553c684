import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import {
  aTable,
  auditOf,
  jobsFor,
  makeActor,
  makeActors,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { getRequestPage } from "./page-queries.ts";
import { getRequest, listRequests } from "./queries.ts";
import { listApprovalQueue } from "./queue-queries.ts";
import { rejectRequest } from "./reject.ts";
import { sendBackRequest } from "./send-back.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
let priya: UserActor;
let alex: UserActor;
let sam: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  priya = await makeActor("platform");
  alex = await makeActor("platform", "security");
  sam = await makeActor("security");
});

const verbs = [
  ["approve", approveRequest],
  ["reject", rejectRequest],
  ["send back", sendBackRequest],
] as const;
const decision = (id: string, more: object = {}) => ({ id, version: 1, comment: "Because", ...more });

describe.each(verbs)("%s", (_, verb) => {
  test("is refused to the requester, whatever groups they are in", async () => {
    const id = await makeRequest(pat);
    await expect(verb(pat, decision(id))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await requestRow(id)).toMatchObject({ state: "submitted", approvals: [] });
  });

  test("is refused to a member who is in no approving group", async () => {
    const id = await makeRequest(dana);
    const colleague = await makeActor("shop-devs");
    await expect(verb(colleague, decision(id))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is refused out of turn, naming the group whose turn it is", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await expect(verb(sam, decision(id))).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining('"platform"'),
    });
  });

  test("is a conflict for a stale version, before anything else is looked at", async () => {
    const id = await makeRequest(pat);
    for (const actor of [pat, priya])
      await expect(verb(actor, decision(id, { version: 2 }))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is a conflict once the request does not wait any more", async () => {
    const id = await makeRequest(dana);
    await rejectRequest(pat, decision(id));
    await expect(verb(priya, decision(id))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is a conflict for a person who decided on this version before", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(alex, decision(id));
    await expect(verb(alex, decision(id))).rejects.toMatchObject({ code: "CONFLICT" });
    await approveRequest(pat, decision(id));
    // Now it is the turn of security, which alex is in: a person counts once all the same.
    await expect(verb(alex, decision(id))).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await requestRow(id)).approvals).toHaveLength(2);
  });

  test("cannot be told from a request that is not there by people of other projects", async () => {
    const id = await makeRequest(dana);
    const stranger = await makeActor("billing-devs");
    await expect(verb(stranger, decision(id))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(verb(stranger, decision(crypto.randomUUID()))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is no job of the system's", async () => {
    const id = await makeRequest(dana);
    await expect(verb({ kind: "system", job: "x" }, decision(id))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("approvals", () => {
  test("are asked in order; the last one approves, wakes the workers once and lists the tables", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, decision(id, { acknowledged: ["prod-recovery"] }));
    await approveRequest(alex, decision(id));
    expect((await requestRow(id)).state).toBe("submitted");
    await expect(approveRequest(priya, decision(id))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await jobsFor(id)).toBe(0);
    await approveRequest(sam, decision(id, { comment: undefined }));

    const view = await getRequest(dana, { id });
    expect(view.state).toBe("approved");
    expect(view.version).toBe(1);
    expect(view.approvals.given.map(({ person, group }) => [person, group])).toEqual([
      [pat.email, "platform"],
      [alex.email, "platform"],
      [sam.email, "security"],
    ]);
    expect(view.tables.every((table) => table.table_id !== null)).toBe(true);
    expect(await jobsFor(id)).toBe(1);
    expect((await auditOf(id)).map(({ event, actorId, data }) => [event, actorId, data])).toEqual([
      ["request.submit", dana.id, expect.anything()],
      ["request.approve", pat.id, { group: "platform", complete: false, acknowledged: ["prod-recovery"] }],
      ["request.approve", alex.id, { group: "platform", complete: false }],
      ["request.approve", sam.id, { group: "security", complete: true }],
    ]);
  });

  test("of twenty people at once: exactly as many count as are required, one is the last, one job", async () => {
    const people = await makeActors(20, "platform");
    const id = await makeRequest(dana, { environment: "many" });
    const outcomes = await Promise.allSettled(people.map((person) => approveRequest(person, decision(id))));
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(won).toHaveLength(3);
    expect(won.filter(({ value }) => value.complete)).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    const row = await requestRow(id);
    expect(row.state).toBe("approved");
    expect(row.approvals).toHaveLength(3);
    const lines = (await auditOf(id)).filter((line) => line.event === "request.approve");
    expect(lines.map((line) => (line.data as { complete: boolean }).complete)).toEqual([false, false, true]);
    expect(await jobsFor(id)).toBe(1);
  });

  test("of one person who clicks ten times count once", async () => {
    const id = await makeRequest(dana, { environment: "many" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => approveRequest(pat, decision(id))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await requestRow(id)).approvals).toHaveLength(1);
  });

  test("and a rejection at the same moment have one final outcome", async () => {
    const id = await makeRequest(dana);
    const outcomes = await Promise.allSettled([
      approveRequest(pat, decision(id)),
      rejectRequest(priya, decision(id)),
      sendBackRequest(alex, decision(id)),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const row = await requestRow(id);
    expect(row.approvals).toHaveLength(1);
    expect(await jobsFor(id)).toBe(row.state === "approved" ? 1 : 0);
  });
});

describe("a rejection and a send-back", () => {
  test.each([
    [rejectRequest, "rejected", false, "reject"],
    [sendBackRequest, "sent_back", true, "send_back"],
  ] as const)("need a comment, end the turn and %#", async (verb, state, holdsName, decided) => {
    const id = await makeRequest(dana);
    for (const comment of [undefined, "", "  \n"])
      await expect(verb(pat, { id, version: 1, comment })).rejects.toMatchObject({
        code: "INVALID",
        errors: [{ path: "/comment" }],
      });
    await verb(pat, { id, version: 1, comment: "Which key?" });
    const row = await requestRow(id);
    expect(row).toMatchObject({ state, version: 1 });
    expect(row.tables.every((table) => table.holdsName === holdsName)).toBe(true);
    expect(row.approvals).toMatchObject([{ decision: decided, comment: "Which key?" }]);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      event: decided === "reject" ? "request.reject" : "request.send-back",
      comment: "Which key?",
      version: 1,
    });
    expect(await jobsFor(id)).toBe(0);
  });
});

describe("the cost estimate", () => {
  const usage = (writes: number) => ({
    reads_per_second: 20,
    writes_per_second: writes,
    item_kb: 1,
    items: 0,
  });
  const approvalsOf = async (id: string) =>
    (await auditOf(id)).filter(({ event }) => event === "request.approve").map(({ data }) => data);

  test("that an approver saw is kept with the decision: by their own figures, and by the requester's where they have none", async () => {
    const table = aTable({ enable_point_in_time_recovery: true });
    const body = { environment: "prod", tables: { costly: table, costlier: table } };
    const asked = { costly: usage(15), costlier: usage(15) };
    const id = await makeRequest(dana, { ...body, usage: asked });
    await approveRequest(pat, decision(id));
    await approveRequest(priya, decision(id, { usage: { costly: usage(30) } }));
    // 15 writes: 24.64, 30 writes: 49.28 (49.275); 20 reads: 3.29.
    expect(await approvalsOf(id)).toMatchObject([
      { monthly_usd: 55.86, prices_of: "2024-11-15" },
      { monthly_usd: 80.5, usage: { costly: usage(30) } },
    ]);
    expect((await approvalsOf(id))[0]).not.toHaveProperty("usage");
    expect((await approvalsOf(id))[1]).not.toHaveProperty("usage.costlier");
    expect((await requestRow(id)).usage).toEqual(asked);
  });

  test("is not made by figures for a table that is not asked for: nothing is decided, and they are named", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await expect(approveRequest(pat, decision(id, { usage: { "no/such": usage(1) } }))).rejects.toMatchObject(
      {
        code: "INVALID",
        errors: [{ path: "/usage/no~1such" }],
      },
    );
    expect((await requestRow(id)).approvals).toEqual([]);
  });

  test("is not there where nobody said how the tables are used", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, decision(id));
    expect((await approvalsOf(id))[0]).not.toHaveProperty("monthly_usd");
  });
});

describe("approvers who are no members of the project", () => {
  test("see the request, its plan and findings, and decide", async () => {
    const id = await makeRequest(dana, { environment: "solo" });
    const page = await getRequestPage(sam, { id });
    const [table] = page.request.tables;
    expect(page.plans[table!.key]![0]).toMatchObject({ call: "CreateTable" });
    expect(page.may.approve).toEqual({ allowed: true });
    expect((await listRequests(sam, {})).items.map((item) => item.id)).toContain(id);
    const queue = await listApprovalQueue(sam, {});
    expect(queue.items.find((item) => item.request.id === id)).toMatchObject({ turn: "security", needed: 1 });
    await approveRequest(sam, decision(id));
    expect((await requestRow(id)).state).toBe("approved");
  });
});
