import { describe, expect, it } from "vitest";
import { makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { moduleExample } from "./emulators/emulator-scenario.fixture.ts";
import { requestIn, useWorker } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();
const running = useWorker({
  creatingSeconds: 0.5,
  eventualConsistency: {
    describeLagReads: 3,
    tagsLagReads: 3,
    tagsLagSeconds: 1,
    tagsUnknownWhileCreating: true,
  },
});

describe("while reads lag behind writes", () => {
  it("tables become active as soon as their tags show, with nothing called unsupported", async () => {
    const id = await makeRequest(running.dana, { environment: "dev", tables: moduleExample });
    const request = await requestIn(running.dana, id, ["completed", "failed"], 25);
    expect(request.tables.map(({ state, problem, unsupported }) => [state, problem, unsupported])).toEqual(
      Array(3).fill(["active", null, []]),
    );
    const created = running.sandbox.calls.filter(({ operation }) => operation === "CreateTable");
    expect(created).toHaveLength(3);
  });
});
