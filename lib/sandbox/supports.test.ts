import { describe, expect, test } from "vitest";
import { activeTable } from "./facets.fixture.ts";

describe("an emulator that lacks a facet", () => {
  test("does not know its operations and drops its settings", async () => {
    const { ttl, backups, tags, sandbox } = await activeTable({
      supports: {
        tags: false,
        timeToLive: false,
        continuousBackups: false,
        encryption: false,
        tableId: false,
      },
    });
    for (const read of [ttl, backups, tags])
      await expect(read()).rejects.toMatchObject({ name: "UnknownOperationException" });
    const [table] = sandbox.tables();
    expect(table?.tags).toEqual({});
    expect(table?.description.SSEDescription).toBeUndefined();
    expect(table?.description.TableId).toBeUndefined();
  });
});
