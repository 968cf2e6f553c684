import { describe, expect, test } from "vitest";
import { activeTable, dropIndex, newIndex, TableName } from "./update-table.fixture.ts";

describe("indexes", () => {
  test("the table is ACTIVE again before its new index is, which fills first", async () => {
    const { update, describe: read, advance, remove } = await activeTable();
    await update(newIndex("by-price"));
    expect(await read()).toMatchObject({
      TableStatus: "UPDATING",
      GlobalSecondaryIndexes: [{ IndexStatus: "CREATING", Backfilling: false }],
    });
    advance(1);
    expect(await read()).toMatchObject({
      TableStatus: "ACTIVE",
      GlobalSecondaryIndexes: [{ IndexStatus: "CREATING", Backfilling: true }],
    });
    await expect(remove()).rejects.toMatchObject({
      name: "ResourceInUseException",
      message:
        "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.",
    });
    advance(1);
    const { GlobalSecondaryIndexes, AttributeDefinitions } = await read();
    expect(GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexStatus: "ACTIVE" });
    expect(GlobalSecondaryIndexes?.[0]).not.toHaveProperty("Backfilling");
    expect(AttributeDefinitions).toHaveLength(2);
  });

  test("one index at a time, created or deleted", async () => {
    const { update, advance } = await activeTable();
    await update(newIndex("by-price"));
    advance(1);
    for (const change of [newIndex("by-date"), dropIndex("by-price")])
      await expect(update(change)).rejects.toMatchObject({
        name: "LimitExceededException",
        message:
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
      });
  });

  test("a deleted index goes, and the attribute with it", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update(newIndex("by-price"));
    advance(2);
    await update(dropIndex("by-price"));
    expect((await read()).GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe("DELETING");
    advance(1);
    const table = await read();
    expect(table).not.toHaveProperty("GlobalSecondaryIndexes");
    expect(table.AttributeDefinitions).toEqual([{ AttributeName: "id", AttributeType: "S" }]);
  });

  test("an unknown index is not found", async () => {
    const { update } = await activeTable();
    await expect(update(dropIndex("by-price"))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Requested resource not found: Index by-price for table ${TableName}`,
    });
  });
});
