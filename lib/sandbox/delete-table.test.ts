import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { arnOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const TableName = "shop-dev-orders";

describe("deleting", () => {
  test("a table is DELETING without keys in the answer, then gone", async () => {
    const { client, advance } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    advance(1);
    const { TableDescription } = await client.send(new DeleteTableCommand({ TableName }));
    expect(TableDescription).toMatchObject({ TableStatus: "DELETING", TableArn: arnOf(TableName) });
    expect(TableDescription).not.toHaveProperty("KeySchema");
    expect(TableDescription).not.toHaveProperty("AttributeDefinitions");
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableStatus).toBe("DELETING");
    await client.send(new DeleteTableCommand({ TableName }));
    advance(1);
    await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Requested resource not found: Table: ${TableName} not found`,
    });
  });

  test("a table in creation cannot be deleted", async () => {
    const { client } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    await expect(client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: `Attempt to change a resource which is still in use: Table is being created: ${TableName}`,
    });
  });

  test("a protected table cannot be deleted", async () => {
    const { client, advance } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable({ DeletionProtectionEnabled: true })));
    advance(1);
    await expect(client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    });
  });
});
