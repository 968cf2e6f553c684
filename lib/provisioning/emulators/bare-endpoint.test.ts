import { describe, expect, it } from "vitest";
import { getTable } from "#lib/tables/queries.ts";
import { makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { requestIn, useWorker } from "../scenario.fixture.ts";
import { moduleExample, richTable } from "./emulator-scenario.fixture.ts";

useTestConfig();
useTestDatabase();
/** The poorest emulator: every setting is taken and dropped, every call beyond the table's own is unknown. */
const running = useWorker({
  supports: {
    tags: false,
    timeToLive: false,
    continuousBackups: false,
    stream: false,
    encryption: false,
    tableClass: false,
    deletionProtection: false,
    onDemandThroughput: false,
    tableId: false,
  },
});

const provision = async (tables: Parameters<typeof makeRequest>[1] & object) => {
  const id = await makeRequest(running.dana, { environment: "dev", ...tables });
  return requestIn(running.dana, id, ["completed", "failed"]);
};
const calls = (table: string, operation: string) =>
  running.sandbox.calls.filter((call) => call.table === table && call.operation === operation).length;

describe("an endpoint that can do nothing but tables", () => {
  it("gets the module's three, with what it lacks listed and no step for it", async () => {
    const request = await provision({ tables: moduleExample });
    expect(request.state).toBe("completed");
    const reads = ["point_in_time_recovery", "tags", "ttl"];
    expect(request.tables.map(({ key, state, unsupported }) => [key, state, unsupported])).toEqual([
      ["events", "active", [...reads, "encryption", "stream"].sort()],
      ["sessions", "active", [...reads, "encryption"].sort()],
      ["user-data", "active", [...reads, "encryption"].sort()],
    ]);
    expect(request.tables.flatMap(({ steps }) => steps.map((step) => [step.call, step.state]))).toEqual([
      ["CreateTable", "done"],
      ["UpdateTimeToLive", "unsupported"],
      ["CreateTable", "done"],
      ["UpdateTimeToLive", "unsupported"],
      ["CreateTable", "done"],
      ["UpdateContinuousBackups", "unsupported"],
    ]);
    expect(calls("shop-dev-events", "UpdateTimeToLive")).toBe(0);
    expect(calls("shop-dev-user-data", "UpdateContinuousBackups")).toBe(0);
  });

  it("gets the table with everything, and says of each feature that it is not there", async () => {
    const request = await provision({ tables: { rich: richTable } });
    expect(request.tables[0]).toMatchObject({ state: "active", problem: null });
    expect(request.tables[0]!.unsupported).toEqual([
      "deletion_protection",
      "encryption",
      "on_demand_throughput",
      "point_in_time_recovery",
      "stream",
      "table_class",
      "tags",
      "ttl",
    ]);
    expect(await getTable(running.dana, { id: request.tables[0]!.table_id! })).toMatchObject({
      stream_arn: null,
      stream: { enabled: false },
      encryption: { type: "aws_owned" },
      point_in_time_recovery: { status: null },
      ttl: { status: null },
    });
  });

  it("knows its own table by keys and time of creation, when the answer was lost", async () => {
    running.sandbox.failNext("CreateTable", "executeThenTimeout", { table: "shop-dev-lost" });
    const request = await provision({ tables: { lost: { partition_key: "id" } } });
    expect(request.tables[0]).toMatchObject({ state: "active", problem: null });
    expect(calls("shop-dev-lost", "CreateTable")).toBe(1);
  });
});
