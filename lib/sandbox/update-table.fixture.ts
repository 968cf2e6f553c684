import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { plainTable, sandboxForTest } from "./sandbox.fixture.ts";

export const TableName = "shop-dev-orders";
export const invalid = "One or more parameter values were invalid: ";
export const capacity = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});
export const provisioned = { BillingMode: "PROVISIONED" as const, ProvisionedThroughput: capacity(5, 5) };
export const newIndex = (IndexName: string) => ({
  AttributeDefinitions: [{ AttributeName: IndexName, AttributeType: "N" as const }],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName,
        KeySchema: [{ AttributeName: IndexName, KeyType: "HASH" as const }],
        Projection: { ProjectionType: "ALL" as const },
      },
    },
  ],
});
export const dropIndex = (IndexName: string) => ({
  GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }],
});

/** An ACTIVE table, and what to do with it. */
export async function activeTable(changes: Partial<CreateTableCommandInput> = {}) {
  const { client, advance } = await sandboxForTest();
  await client.send(new CreateTableCommand(plainTable(changes)));
  advance(1);
  return {
    advance,
    update: (input: Omit<UpdateTableCommandInput, "TableName">) =>
      client.send(new UpdateTableCommand({ TableName, ...input })),
    describe: async () => (await client.send(new DescribeTableCommand({ TableName }))).Table!,
    remove: () => client.send(new DeleteTableCommand({ TableName })),
  };
}
