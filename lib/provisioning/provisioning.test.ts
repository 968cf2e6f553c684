import { describe, expect, it } from "vitest";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { getOutputs } from "#lib/requests/page-queries.ts";
import { getRequest } from "#lib/requests/queries.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { startSandbox } from "#lib/sandbox/server.ts";
import { getTable } from "#lib/tables/queries.ts";
import { type aRequestBody, aTable, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { auditOf, eventually, requestIn, useWorker } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();
const running = useWorker();

const dev = (tables: ReturnType<typeof aRequestBody>["tables"]) =>
  makeRequest(running.dana, { environment: "dev", tables });

describe("creation", () => {
  it("brings the module's three tables to ACTIVE, with all four outputs", async () => {
    const id = await dev({
      "user-data": { partition_key: "user_id", type: "key-value", enable_point_in_time_recovery: true },
      events: {
        partition_key: "event_type",
        sort_key: "timestamp",
        type: "time-series",
        attribute_types: { event_type: "S", timestamp: "N" },
        enable_ttl: true,
        ttl_attribute: "ttl",
        enable_stream: true,
      },
      sessions: {
        partition_key: "session_id",
        type: "key-value",
        enable_ttl: true,
        ttl_attribute: "expires_at",
      },
    });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.state).toBe("completed");
    expect(request.tables.map((table) => [table.key, table.state, table.problem])).toEqual([
      ["events", "active", null],
      ["sessions", "active", null],
      ["user-data", "active", null],
    ]);
    expect(request.tables[0]!.steps.map((step) => [step.call, step.state, step.attempts])).toEqual([
      ["CreateTable", "done", 1],
      ["UpdateTimeToLive", "done", 1],
    ]);
    const outputs = await getOutputs(running.dana, { id });
    expect(outputs.table_names).toEqual({
      "user-data": "shop-dev-user-data",
      events: "shop-dev-events",
      sessions: "shop-dev-sessions",
    });
    expect(outputs.table_arns["user-data"]).toBe(
      "arn:aws:dynamodb:us-east-1:000000000000:table/shop-dev-user-data",
    );
    expect(outputs.table_stream_arns["user-data"]).toBeNull();
    expect(outputs.table_stream_arns.events).toMatch(/table\/shop-dev-events\/stream\/\d{4}-/);
    expect(outputs.tables.events).toEqual({
      name: "shop-dev-events",
      arn: outputs.table_arns.events,
      stream_arn: outputs.table_stream_arns.events,
    });
    const table = await getTable(running.dana, { id: request.tables[2]!.table_id! });
    expect(table).toMatchObject({
      state: "active",
      aws_status: "ACTIVE",
      point_in_time_recovery: { status: "ENABLED", days: 35 },
      encryption: { type: "aws_managed", status: "ENABLED" },
    });
  });

  it("leaves one line in the audit for each transition", async () => {
    const id = await dev({ audited: aTable() });
    await requestIn(running.dana, id, ["completed"]);
    expect(await auditOf(id)).toEqual({
      "request.submit": 1,
      "request.approve-by-rule": 1,
      "request.start": 1,
      "table.create shop-dev-audited": 1,
      "table.activate shop-dev-audited": 1,
      "request.complete": 1,
    });
  });
});

describe("failure", () => {
  it("leaves two usable tables when one of three fails, and Retry finishes the third", async () => {
    const id = await dev({ one: aTable(), "two-fail-create": aTable(), three: aTable() });
    const failed = await requestIn(running.dana, id, ["failed", "completed"]);
    expect(failed.state).toBe("failed");
    expect(failed.tables.map((table) => table.state)).toEqual(["active", "active", "failed"]);
    const broken = failed.tables[2]!;
    expect(broken.problem).toContain("AccessDeniedException");
    expect(broken.problem).toContain("dynamodb:CreateTable");
    expect(broken.steps[0]).toMatchObject({ call: "CreateTable", state: "failed", attempts: 1 });

    await retryRequest(running.dana, { id, version: 1 });
    const retried = await requestIn(running.dana, id, ["completed"]);
    expect(retried.tables.map((table) => table.state)).toEqual(["active", "active", "active"]);
    expect(retried.tables[2]!.steps[0]).toMatchObject({ state: "done", attempts: 2 });
    expect(
      running.sandbox.tables().filter((table) => table.name === "shop-dev-two-fail-create"),
    ).toHaveLength(1);
  });

  it("waits out throttling instead of failing", async () => {
    const id = await dev({ "busy-fail-throttle": aTable() });
    const request = await requestIn(running.dana, id, ["completed", "failed"], 60);
    expect(request.state).toBe("completed");
    expect(request.tables[0]!.steps[0]!.attempts).toBe(6);
  });

  it("goes on when CreateTable worked and its answer was lost", async () => {
    running.sandbox.failNext("CreateTable", "executeThenTimeout", { table: "shop-dev-lost" });
    const id = await dev({ lost: aTable() });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request).toMatchObject({ state: "completed" });
    const outcomes = running.sandbox.calls.filter(
      (call) => call.operation === "CreateTable" && call.table === "shop-dev-lost",
    );
    expect(outcomes).toHaveLength(1);
  });

  it("never touches a foreign table of the same name, and says so", async () => {
    const { DynamoDBClient, CreateTableCommand } = await import("@aws-sdk/client-dynamodb");
    const stranger = new DynamoDBClient({
      endpoint: running.sandbox.url,
      region: "us-east-1",
      credentials: { accessKeyId: "000000000000", secretAccessKey: "x" },
    });
    await stranger.send(
      new CreateTableCommand({
        TableName: "shop-dev-foreign",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      }),
    );
    const id = await dev({ foreign: aTable() });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.state).toBe("failed");
    expect(request.tables[0]!.problem).toContain("taken");
    const writes = running.sandbox.calls.filter(
      (call) => call.table === "shop-dev-foreign" && !call.operation.startsWith("Describe"),
    );
    expect(writes).toHaveLength(1);
    await cancelRequest(running.dana, { id, version: 1 });
  });
});

describe("an endpoint that does not answer", () => {
  it("is a wait that people see on the step, until it answers", async () => {
    const port = Number(new URL(running.sandbox.url).port);
    await running.sandbox.close();
    const id = await dev({ unreachable: aTable() });
    const waiting = await eventually(async () => {
      const [step] = (await getRequest(running.dana, { id })).tables[0]!.steps;
      return step?.state === "waiting" && step;
    });
    expect(waiting).toMatchObject({ call: "CreateTable", attempts: 0, started_at: null });
    expect(waiting.message).toContain("ECONNREFUSED");
    running.sandbox = await startSandbox({ port, creatingSeconds: 0.2 });
    const request = await requestIn(running.dana, id, ["completed", "failed"]);
    expect(request.state).toBe("completed");
    expect(request.tables[0]!.steps[0]).toMatchObject({ state: "done", attempts: 1, message: null });
  });
});
