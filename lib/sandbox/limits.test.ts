import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { plainTable, sandboxForTest } from "./sandbox.fixture.ts";

describe("limits", () => {
  const create = (TableName: string, changes: Partial<CreateTableCommandInput> = {}) =>
    new CreateTableCommand(plainTable({ TableName, ...changes }));

  test("no more tables change at once than allowed, and the next fits when one is done", async () => {
    const { client, advance } = await sandboxForTest({ limits: { simultaneousOperations: 2 } });
    await client.send(create("one"));
    await client.send(create("two"));
    await expect(client.send(create("three"))).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Only 2 tables can be created, updated, or deleted simultaneously",
    });
    advance(1);
    await client.send(create("three"));
  });

  test("no more tables exist than allowed", async () => {
    const { client } = await sandboxForTest({ limits: { tables: 1 } });
    await client.send(create("one"));
    await expect(client.send(create("two"))).rejects.toMatchObject({ name: "LimitExceededException" });
  });

  test("no more indexed tables are in creation than allowed", async () => {
    const { client } = await sandboxForTest({ limits: { simultaneousIndexedCreations: 1 } });
    const GlobalSecondaryIndexes: CreateTableCommandInput["GlobalSecondaryIndexes"] = [
      {
        IndexName: "same-key",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
      },
    ];
    await client.send(create("one", { GlobalSecondaryIndexes }));
    await client.send(create("two"));
    await expect(client.send(create("three", { GlobalSecondaryIndexes }))).rejects.toMatchObject({
      name: "LimitExceededException",
      message: expect.stringContaining("indexed tables that can be created simultaneously"),
    });
  });
});
