import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { activeTable, createdTable, TableName } from "./facets.fixture.ts";

describe("eventual consistency", () => {
  test("a new table is not found for as many reads, and for as long, as asked", async () => {
    const { client, advance } = await createdTable({
      eventualConsistency: { describeLagReads: 2, describeLagSeconds: 3 },
    });
    const read = () => client.send(new DescribeTableCommand({ TableName }));
    const missing = { name: "ResourceNotFoundException" };
    await expect(read()).rejects.toMatchObject(missing);
    await expect(read()).rejects.toMatchObject(missing);
    await expect(read()).rejects.toMatchObject(missing);
    advance(3);
    expect((await read()).Table?.TableStatus).toBe("ACTIVE");
  });

  test("tags read empty after creation and old after a change", async () => {
    const { tags, tag } = await activeTable({ eventualConsistency: { tagsLagReads: 1 } });
    expect(await tags()).toEqual([]);
    expect(await tags()).toHaveLength(1);
    await tag("CostCenter", "1234");
    expect(await tags()).toHaveLength(1);
    expect(await tags()).toHaveLength(2);
  });

  test("tags are unknown until the table is ACTIVE, where asked", async () => {
    const { tags, advance } = await createdTable({ eventualConsistency: { tagsUnknownWhileCreating: true } });
    await expect(tags()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    advance(1);
    expect(await tags()).toHaveLength(1);
  });
});
