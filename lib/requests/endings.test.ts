import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import {
  aTable,
  auditOf,
  failRequest,
  jobsFor,
  makeActor,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { commentOnRequest } from "./comment.ts";
import { expireRequest, findExpiredRequests } from "./expire.ts";
import { getLiveRequest } from "./live-queries.ts";
import { rejectRequest } from "./reject.ts";
import { retryRequest } from "./retry.ts";
import { saveDraft } from "./save-draft.ts";
import { sendBackRequest } from "./send-back.ts";

useTestConfig("request_expiry_days: 7");
useTestDatabase();

let dana: UserActor;
let colleague: UserActor;
let pat: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  colleague = await makeActor("shop-devs");
  pat = await makeActor("platform");
});
const system = { kind: "system", job: "expiry" } as const;

const ask = (key: string) => makeRequest(dana, { tables: { [key]: aTable() } });
const makeOld = (id: string, days: number) =>
  db()
    .$executeRaw`update request set "updatedAt" = now() - make_interval(days => ${days}::int) where id = ${id}::uuid`;

/** Each way a request may end, or not, with whether its name is free then. */
const endings: [string, (id: string) => Promise<unknown>, boolean][] = [
  ["cancelled", (id) => cancelRequest(dana, { id, version: 1 }), true],
  ["rejected", (id) => rejectRequest(pat, { id, version: 1, comment: "No" }), true],
  ["expired", (id) => makeOld(id, 8).then(() => expireRequest(system, { id })), true],
  ["sent_back", (id) => sendBackRequest(pat, { id, version: 1, comment: "Why?" }), false],
  ["approved", (id) => approveRequest(pat, { id, version: 1 }), false],
  ["failed", (id) => approveRequest(pat, { id, version: 1 }).then(() => failRequest(id)), false],
];

test.each(endings)("a request that is %s keeps its names or gives them back", async (state, end, free) => {
  const key = `name-${state}`;
  const id = await ask(key);
  await end(id);
  expect((await requestRow(id)).state).toBe(state);
  const outcome = await ask(key).then(
    () => "free",
    (error) => error.code,
  );
  expect(outcome).toBe(free ? "free" : "CONFLICT");
});

describe("a cancellation", () => {
  test("is the requester's or the platform group's, at the version they saw, and is audited", async () => {
    const id = await ask("cancel-1");
    await expect(cancelRequest(colleague, { id, version: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(cancelRequest(dana, { id, version: 2 })).rejects.toMatchObject({ code: "CONFLICT" });
    await cancelRequest(pat, { id, version: 1, comment: "Not needed" });
    expect((await auditOf(id)).at(-1)).toMatchObject({
      event: "request.cancel",
      actorId: pat.id,
      comment: "Not needed",
      data: { from: "submitted" },
    });
    await expect(cancelRequest(dana, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test.each(["provisioning", "completed", "draft"])(
    "of a request that is %s is a conflict",
    async (state) => {
      const id = await ask(`cancel-${state}`);
      await db().request.update({ where: { id }, data: { state } });
      await expect(cancelRequest(dana, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    },
  );

  test("of a failed request frees the names that never came to be and keeps the tables that exist", async () => {
    const id = await makeRequest(dana, { tables: { "half-a": aTable(), "half-b": aTable() } });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id, ["half-a"]);
    await cancelRequest(dana, { id, version: 1 });
    const { tables } = await requestRow(id);
    expect(tables.map(({ key, holdsName, state }) => [key, holdsName, state])).toEqual([
      ["half-a", true, "active"],
      ["half-b", false, "failed"],
    ]);
    await expect(ask("half-a")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(ask("half-b")).resolves.toBeDefined();
  });
});

describe("a retry", () => {
  test("runs the failed tables again and leaves the others alone", async () => {
    const id = await makeRequest(dana, { tables: { "again-a": aTable(), "again-b": aTable() } });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id, ["again-a"]);
    const jobs = await jobsFor(id);
    await expect(retryRequest(colleague, { id, version: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(retryRequest(dana, { id, version: 3 })).rejects.toMatchObject({ code: "CONFLICT" });
    await retryRequest(dana, { id, version: 1 });
    const row = await requestRow(id);
    expect(row).toMatchObject({ state: "provisioning", version: 1 });
    expect(row.tables.map(({ state, problem }) => [state, problem])).toEqual([
      ["active", null],
      ["pending", null],
    ]);
    expect(await jobsFor(id)).toBe(jobs + 1);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      event: "request.retry",
      data: { tables: ["shop-stage-again-b"] },
    });
  });

  test("of two people at once happens once, and only of what failed", async () => {
    const id = await ask("again-c");
    await expect(retryRequest(dana, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    await approveRequest(pat, { id, version: 1 });
    await failRequest(id);
    const outcomes = await Promise.allSettled(
      [dana, pat, dana].map((actor) => retryRequest(actor, { id, version: 1 })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await auditOf(id)).filter(({ event }) => event === "request.retry")).toHaveLength(1);
  });

  test("makes no table that guardrails refuse by now, and still looks after one that exists or may exist", async () => {
    const refuse = (text: string) =>
      text.replace("size(table.key) < 100\n    level: warn", "size(table.key) < 1\n    level: deny");
    const failed = async (key: string) => {
      const id = await ask(key);
      await approveRequest(pat, { id, version: 1 });
      await failRequest(id);
      return id;
    };
    const [unmade, made, unknown] = [
      await failed("again-d"),
      await failed("again-e"),
      await failed("again-f"),
    ];
    await db().table.updateMany({ where: { requestId: made }, data: { identity: "id-e" } });
    const tableId = (await requestRow(unknown)).tables[0]!.id;
    await db().operation.create({ data: { requestId: unknown, tableId, absentAt: new Date() } });
    await changeTestConfig(refuse, async () => {
      await expect(retryRequest(dana, { id: unmade, version: 1 })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringMatching(/^Guardrails refuse it: short-keys: .* Change the tables/),
      });
      expect((await requestRow(unmade)).state).toBe("failed");
      for (const id of [made, unknown]) await retryRequest(dana, { id, version: 1 });
    });
    await retryRequest(dana, { id: unmade, version: 1 });
  });
});

describe("expiry", () => {
  test("finds what nobody looked after for the days of the configuration, waiting or sent back", async () => {
    const [fresh, old, back, decided] = [
      await ask("old-1"),
      await ask("old-2"),
      await ask("old-3"),
      await ask("old-4"),
    ];
    await sendBackRequest(pat, { id: back, version: 1, comment: "Why?" });
    await approveRequest(pat, { id: decided, version: 1 });
    await makeOld(fresh, 6);
    for (const id of [old, back, decided]) await makeOld(id, 8);
    const found = await findExpiredRequests();
    expect(found).toEqual(expect.arrayContaining([old, back]));
    expect(found).not.toEqual(expect.arrayContaining([fresh]));
    expect(found).not.toEqual(expect.arrayContaining([decided]));
    await expireRequest(system, { id: old });
    expect((await auditOf(old)).at(-1)).toMatchObject({
      event: "request.expire",
      actorKind: "system",
      data: { afterDays: 7 },
    });
    await expect(expireRequest(system, { id: old })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(expireRequest(system, { id: decided })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("spares a request that somebody looked after since it was found", async () => {
    const id = await ask("old-5");
    await makeOld(id, 8);
    await commentOnRequest(dana, { id, comment: "Still needed" });
    await expect(expireRequest(system, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await requestRow(id)).state).toBe("submitted");
  });

  test("whose time is over cannot be approved any more, though no worker has ended it yet", async () => {
    const id = await ask("overdue");
    await makeOld(id, 8);
    await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^The time of request \d+ is over: it waited for 7 days/),
    });
    expect((await requestRow(id)).approvals).toEqual([]);
    expect(await getLiveRequest(pat, { id })).toMatchObject({
      expires_at: null,
      unapprovable: expect.stringMatching(/^The time of request \d+ is over/),
    });
  });
});

describe("a comment", () => {
  test("changes neither state nor version, and stands in the events", async () => {
    const id = await ask("comment-1");
    await commentOnRequest(colleague, { id, comment: "Good idea" });
    expect(await requestRow(id)).toMatchObject({ state: "submitted", version: 1 });
    expect((await auditOf(id)).at(-1)).toMatchObject({
      event: "request.comment",
      actorId: colleague.id,
      comment: "Good idea",
      version: 1,
    });
  });

  test("is for those who see the request, says something, and not for drafts", async () => {
    const id = await ask("comment-2");
    const stranger = await makeActor("billing-devs");
    await expect(commentOnRequest(stranger, { id, comment: "Hi" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const comment of ["", " ", "x".repeat(2001), 7, null])
      await expect(commentOnRequest(dana, { id, comment })).rejects.toMatchObject({ code: "INVALID" });
    const content = { project: "shop", environment: "dev", justification: "", step: "keys", tables: [] };
    const draft = await saveDraft(dana, { id: null, content });
    await expect(commentOnRequest(dana, { id: draft.id, comment: "Hi" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});
