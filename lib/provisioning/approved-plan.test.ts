import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { resubmitRequest } from "#lib/requests/resubmit.ts";
import { startSandbox } from "#lib/sandbox/server.ts";
import { aTable, auditOf, failRequest, makeActor, makeRequest, requestRow } from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { ensureOperations } from "./ensure-operations.ts";
import { startRunner } from "./runner.ts";
import { eventually } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let pat: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
});

const otherTags = (text: string) => text.replace("stage: { ", 'stage: { tags: { Team: "seven" }, ');
const noStreams = (level: string) => (text: string) =>
  text.replace(
    "guardrails:",
    `guardrails:\n  - { id: no-streams, rule: "!table.enable_stream", level: ${level}, message: Streams cost money }`,
  );

async function approved(table = aTable()): Promise<string> {
  const id = await makeRequest(dana, { tables: { [`t-${crypto.randomUUID().slice(0, 8)}`]: table } });
  await approveRequest(pat, { id, version: 1 });
  return id;
}

describe("a request that was approved, when the configuration has changed before anything was made", () => {
  test("is sent back by Tablewright where the calls would be others, and waits anew when it is submitted again", async () => {
    const id = await approved();
    await changeTestConfig(otherTags, async () => {
      expect(await ensureOperations(id)).toEqual([]);
      const row = await requestRow(id);
      expect(row).toMatchObject({
        state: "sent_back",
        approvedAt: null,
        tables: [{ approvedAt: null, state: "pending" }],
      });
      expect(await db().operation.count({ where: { requestId: id } })).toBe(0);
      expect((await auditOf(id)).at(-1)).toMatchObject({
        event: "request.send-back",
        actorKind: "system",
        data: { because: "plan" },
        comment: expect.stringContaining(row.tables[0]!.name),
      });
      await resubmitRequest(dana, { id, version: 1, tables: { [row.tables[0]!.key]: aTable() } });
      await approveRequest(pat, { id, version: 2 });
      expect(await ensureOperations(id)).toHaveLength(1);
    });
  });

  test("is sent back where a guardrail refuses it by now, which is named", async () => {
    const id = await approved(aTable({ enable_stream: true }));
    await changeTestConfig(noStreams("deny"), () => ensureOperations(id));
    expect((await requestRow(id)).state).toBe("sent_back");
    expect((await auditOf(id)).at(-1)).toMatchObject({
      data: { because: "guardrails" },
      comment: expect.stringContaining("no-streams: Streams cost money"),
    });
  });

  test("goes on with what failed though a later guardrail refuses what is there already: whoever approves acknowledges that", async () => {
    const [made, failed] = ["made", "failed"].map((key) => `${key}-${crypto.randomUUID().slice(0, 8)}`);
    const tables = { [made!]: aTable({ enable_stream: true }), [failed!]: aTable() };
    const id = await makeRequest(dana, { tables });
    await failRequest(id, [made!]);
    await changeTestConfig(noStreams("deny"), async () => {
      const again = {
        id,
        version: 1,
        tables: { [failed!]: aTable({ enable_point_in_time_recovery: true }) },
      };
      await resubmitRequest(dana, again);
      const late = { ...again, version: 2, tables: { [failed!]: aTable({ enable_stream: true }) } };
      await expect(resubmitRequest(dana, late)).rejects.toMatchObject({ code: "INVALID" });
      await expect(approveRequest(pat, { id, version: 2 })).rejects.toMatchObject({
        errors: [{ path: "/acknowledged", id: "no-streams" }],
      });
      await approveRequest(pat, { id, version: 2, acknowledged: ["no-streams"] });
      expect(await ensureOperations(id)).not.toEqual([]);
    });
    expect((await requestRow(id)).state).toBe("provisioning");
  });

  test("is made where neither calls nor refusals are others: approvals that were given stay given", async () => {
    const id = await approved(aTable({ enable_stream: true }));
    const stricter = (text: string) =>
      noStreams("warn")(text).replace(
        "approvals:",
        "approvals:\n  - { id: all, when: 'true', require: [{ group: platform, count: 9 }] }",
      );
    expect(await changeTestConfig(stricter, () => ensureOperations(id))).toHaveLength(1);
  });
});

test("a call that is not on the approved plan is never sent, even when the configuration changes after the work has begun", async () => {
  const sandbox = await startSandbox({ creatingSeconds: 0.1 });
  process.env.TABLEWRIGHT_SANDBOX_URL = sandbox.url;
  const runner = startRunner({ owner: "test" });
  try {
    const id = await approved();
    const ids = await ensureOperations(id);
    const ended = (state: string) =>
      eventually(async () => (await requestRow(id)).tables.every((table) => table.state === state));
    await changeTestConfig(otherTags, async () => {
      runner.wake(ids);
      await ended("failed");
    });
    const [table] = (await requestRow(id)).tables;
    expect(table!.problem).toContain("CreateTable for");
    expect(table!.problem).toContain("not as it was approved");
    const operation = await db().operation.findFirstOrThrow({ where: { requestId: id } });
    expect(operation).toMatchObject({ intentAt: null, state: "failed" });
  } finally {
    await runner.stop();
    await sandbox.close();
  }
});
