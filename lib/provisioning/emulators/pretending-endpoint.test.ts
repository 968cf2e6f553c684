import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { requestIn, useWorker } from "../scenario.fixture.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.fixture.ts";

useTestConfig();
useTestDatabase();
const running = useWorker();
let proxy: FaultProxy;

beforeAll(async () => {
  proxy = await startFaultProxy(running.sandbox.url);
  process.env.TABLEWRIGHT_SANDBOX_URL = proxy.url;
});
afterAll(() => proxy.close());

describe("an endpoint that says yes and does nothing", () => {
  it("is asked a few times, and then known not to support it", { timeout: 60_000 }, async () => {
    proxy.pretend("UpdateTimeToLive", {});
    proxy.pretend("UpdateContinuousBackups", {});
    const tables = {
      expiring: { partition_key: "id", enable_ttl: true },
      recoverable: { partition_key: "id", enable_point_in_time_recovery: true },
      plain: { partition_key: "id" },
    };
    const id = await makeRequest(running.dana, { environment: "dev", tables });
    const request = await requestIn(running.dana, id, ["completed", "failed"], 45);
    expect(request.state).toBe("completed");
    expect(request.tables.map(({ key, unsupported }) => [key, unsupported])).toEqual([
      ["expiring", ["ttl"]],
      ["plain", []],
      ["recoverable", ["point_in_time_recovery"]],
    ]);
    expect(request.tables[0]!.steps[1]).toMatchObject({
      call: "UpdateTimeToLive",
      state: "unsupported",
      message: expect.stringContaining("shows nothing of it"),
    });
    const sent = (operation: string) => proxy.calls.filter((call) => call.operation === operation).length;
    expect([sent("UpdateTimeToLive"), sent("UpdateContinuousBackups")]).toEqual([3, 3]);
  });
});
