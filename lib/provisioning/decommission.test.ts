import { randomUUID } from "node:crypto";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { getOutputs, getRequestPage } from "#lib/requests/page-queries.ts";
import { listRequests } from "#lib/requests/queries.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { previewRequest } from "#lib/requests/wizard-queries.ts";
import { getTable, listTables } from "#lib/tables/queries.ts";
import { aTable, makeActor, makeDecommission, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { auditOf, eventually, requestIn, useWorker } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();
const running = useWorker({ deletionProtectionCooldownSeconds: 0, deletingSeconds: 0.2 });

let pat: UserActor;
/** Whoever has the account's credentials and is not Tablewright. */
let outside: DynamoDBClient;
beforeAll(async () => {
  pat = await makeActor("platform");
  outside = new DynamoDBClient({
    endpoint: running.sandbox.url,
    region: "us-east-1",
    credentials: { accessKeyId: "000000000000", secretAccessKey: "x" },
  });
});
afterAll(() => outside.destroy());

const inAws = (name: string) => running.sandbox.tables().find((table) => table.name === name);
const sent = (name: string, operation: string) =>
  running.sandbox.calls.filter((call) => call.table === name && call.operation === operation);
const identityOf = (name: string) => inAws(name)?.description.TableId;

/** A table that is active; answers its id and name. */
async function activeTable(environment: "dev" | "stage", spec: Parameters<typeof aTable>[0] = {}) {
  const key = `t-${randomUUID().slice(0, 8)}`;
  const { dana } = running;
  const id = await makeRequest(dana, {
    environment,
    tables: { [key]: aTable({ deletion_protection: false, ...spec }) },
  });
  if (environment === "stage") await approveRequest(pat, { id, version: 1 });
  const request = await requestIn(dana, id, ["completed"]);
  return { key, name: `shop-${environment}-${key}`, id: request.tables[0]!.table_id!, requestId: id };
}

async function strangerMakes(TableName: string, ours?: string): Promise<void> {
  await outside.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      Tags: ours === undefined ? undefined : [{ Key: "tablewright:table-id", Value: ours }],
    }),
  );
}

async function strangerReplaces(name: string, tag?: string): Promise<void> {
  await outside.send(new DeleteTableCommand({ TableName: name }));
  await eventually(async () => inAws(name) === undefined);
  await strangerMakes(name, tag);
}

describe("a table that somebody asks to delete", () => {
  test("goes once that is approved: protection off, deleted, gone; its name is free and its history stays", async () => {
    const { dana } = running;
    const table = await activeTable("stage", { deletion_protection: true });
    const id = await makeDecommission(dana, "stage", [table.key]);

    const page = await getRequestPage(dana, { id });
    expect(page.plans[table.key]!.map(({ call }) => call)).toEqual(["UpdateTable", "DeleteTable"]);
    expect(page.request.tables[0]).toMatchObject({
      name: table.name,
      state: "pending",
      evidence: { asked: { item_count: 0, deletion_protection: true, point_in_time_recovery: true } },
    });
    expect(sent(table.name, "DeleteTable")).toEqual([]);
    expect((await getTable(dana, { id: table.id })).state).toBe("active");

    await approveRequest(pat, { id, version: 1 });
    const request = await requestIn(dana, id, ["completed", "failed"]);
    expect(request.tables[0]).toMatchObject({ state: "deleted", problem: null });
    expect(request.tables[0]!.steps.map(({ call, state }) => [call, state])).toEqual([
      ["UpdateTable", "done"],
      ["DeleteTable", "done"],
    ]);
    expect(inAws(table.name)).toBeUndefined();
    expect(sent(table.name, "DeleteTable")).toHaveLength(1);
    expect(await auditOf(id)).toEqual({
      "request.submit": 1,
      "request.approve": 1,
      "request.start": 1,
      [`table.delete ${table.name}`]: 1,
      [`table.gone ${table.name}`]: 1,
      "request.complete": 1,
    });

    expect(await getTable(dana, { id: table.id })).toMatchObject({ state: "deleted", aws_status: null });
    expect((await getOutputs(dana, { id: table.requestId })).table_arns).toEqual({});
    const found = await listRequests(dana, { q: table.name });
    expect(found.items.map(({ kind }) => kind)).toEqual(["decommission", "create"]);

    const again = await makeRequest(dana, { environment: "stage", tables: { [table.key]: aTable() } });
    await approveRequest(pat, { id: again, version: 1 });
    await requestIn(dana, again, ["completed"]);
    const states = await listTables(dana, { q: table.name });
    expect(states.items.map(({ state }) => state)).toEqual(["active", "deleted"]);
  });

  test("goes once, though the answer to DeleteTable was lost", async () => {
    const table = await activeTable("dev");
    running.sandbox.failNext("DeleteTable", "executeThenTimeout", { table: table.name });
    const id = await makeDecommission(running.dana, "dev", [table.key]);
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.state).toBe("completed");
    expect(sent(table.name, "DeleteTable")).toHaveLength(1);
  });

  test("is waited for while DynamoDB throttles, and goes then", async () => {
    const table = await activeTable("dev");
    running.sandbox.failNext("DeleteTable", "throttle", { table: table.name, times: 2 });
    const id = await makeDecommission(running.dana, "dev", [table.key]);
    await requestIn(running.dana, id, ["completed"]);
    expect(sent(table.name, "DeleteTable")).toHaveLength(3);
  });

  test("and was deleted outside meanwhile counts as done, which is said", async () => {
    const table = await activeTable("stage");
    const id = await makeDecommission(running.dana, "stage", [table.key]);
    await outside.send(new DeleteTableCommand({ TableName: table.name }));
    await eventually(async () => inAws(table.name) === undefined);
    await approveRequest(pat, { id, version: 1 });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.events.find(({ event }) => event === "table.gone")?.data).toMatchObject({ by: "others" });
    expect(sent(table.name, "DeleteTable")).toHaveLength(1);
  });
});

describe("is not touched", () => {
  test.each(["without tags", "with our own tag on it"])("another table of the name, %s", async (how) => {
    const table = await activeTable("stage");
    const id = await makeDecommission(running.dana, "stage", [table.key]);
    await strangerReplaces(table.name, how === "without tags" ? undefined : table.id);
    const theirs = identityOf(table.name);
    await approveRequest(pat, { id, version: 1 });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.events.find(({ event }) => event === "table.gone")?.data).toMatchObject({ another: true });
    expect(identityOf(table.name)).toBe(theirs);
    expect((await getTable(running.dana, { id: table.id })).state).toBe("deleted");
  });

  test("a table whose tag was taken off; it stays active, and goes once the tag is back", async () => {
    const { dana } = running;
    const table = await activeTable("stage");
    const ResourceArn = inAws(table.name)!.description.TableArn!;
    const tag = { Key: "tablewright:table-id", Value: table.id };
    const id = await makeDecommission(dana, "stage", [table.key]);
    await outside.send(new UntagResourceCommand({ ResourceArn, TagKeys: [tag.Key] }));
    await approveRequest(pat, { id, version: 1 });
    const failed = await requestIn(dana, id, ["failed", "completed"]);
    expect(failed.tables[0]!.problem).toMatch(/does not carry our tag.*not deleted/);
    expect(sent(table.name, "DeleteTable")).toEqual([]);
    expect(await getTable(dana, { id: table.id })).toMatchObject({ state: "active", problem: null });

    await outside.send(new TagResourceCommand({ ResourceArn, Tags: [tag] }));
    await retryRequest(dana, { id, version: 1 });
    await requestIn(dana, id, ["completed"]);
    expect(inAws(table.name)).toBeUndefined();
  });

  test("a table that was protected after the approval: nobody approved switching that off", async () => {
    const { dana } = running;
    const table = await activeTable("stage");
    const id = await makeDecommission(dana, "stage", [table.key]);
    await outside.send(new UpdateTableCommand({ TableName: table.name, DeletionProtectionEnabled: true }));
    await approveRequest(pat, { id, version: 1 });
    const failed = await requestIn(dana, id, ["failed", "completed"]);
    expect(failed.tables[0]!.problem).toMatch(/switched on after the request/);
    expect(sent(table.name, "DeleteTable")).toEqual([]);
    expect(sent(table.name, "UpdateTable")).toHaveLength(1);
    await cancelRequest(dana, { id, version: 1 });
    expect((await getTable(dana, { id: table.id })).state).toBe("active");
    await makeDecommission(dana, "stage", [table.key]);
  });
});

describe("a deletion that fails", () => {
  test("leaves the table active and says after a cancel that its protection is off", async () => {
    const { dana } = running;
    const table = await activeTable("dev", { deletion_protection: true });
    const denied = {
      name: "AccessDeniedException",
      message: "not authorized to perform: dynamodb:DeleteTable",
    };
    running.sandbox.failNext("DeleteTable", denied, { table: table.name });
    const id = await makeDecommission(dana, "dev", [table.key]);
    const failed = await requestIn(dana, id, ["failed", "completed"]);
    expect(failed.tables[0]).toMatchObject({
      state: "failed",
      problem: expect.stringMatching(/dynamodb:DeleteTable/),
    });
    expect((await getTable(dana, { id: table.id })).state).toBe("active");
    await cancelRequest(dana, { id, version: 1 });
    const cancelled = await requestIn(dana, id, ["cancelled"]);
    expect(cancelled.events.at(-1)).toMatchObject({
      event: "request.cancel",
      data: { unprotected: [table.name] },
    });
  });

  test("cannot be cancelled while nobody knows whether the table is going", async () => {
    const { dana } = running;
    const table = await activeTable("stage");
    const id = await makeDecommission(dana, "stage", [table.key]);
    await approveRequest(pat, { id, version: 1 });
    await requestIn(dana, id, ["completed"]);
    // As a worker leaves it that got no answer any more, thirty times.
    await db().request.update({ where: { id }, data: { state: "failed" } });
    const where = { requestId_tableId: { requestId: id, tableId: table.id } };
    await db().decommission.update({ where, data: { state: "failed", open: true } });
    await expect(cancelRequest(dana, { id, version: 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/whether .* was deleted/),
    });
  });
});

test("a preview says what would happen, and stores nothing", async () => {
  const table = await activeTable("stage", {
    enable_stream: true,
    deletion_protection: true,
    enable_point_in_time_recovery: false,
  });
  const body = { kind: "decommission", project: "shop", environment: "stage", tables: [table.key] };
  const preview = await previewRequest(running.dana, body);
  expect(preview.approvals).toEqual([{ rule: "default", group: "platform", count: 1 }]);
  expect(preview.tables[0]!.plan.map(({ call }) => call)).toEqual(["UpdateTable", "DeleteTable"]);
  expect(preview.tables[0]!.findings.map(({ id, level }) => [id, level])).toEqual([
    ["no-recovery", "warn"],
    ["stream-readers", "warn"],
  ]);
  expect(await db().decommission.count({ where: { tableId: table.id } })).toBe(0);
});
