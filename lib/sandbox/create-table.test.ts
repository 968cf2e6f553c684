import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { arnOf, clientOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const TableName = "shop-dev-orders";
const createdAt = new Date("2026-03-01T12:00:00.000Z");
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("what DynamoDB answers about a new table", () => {
  test("an on-demand table is CREATING without warm throughput, then ACTIVE with 12,000 and 4,000", async () => {
    const { client, advance } = await sandboxForTest();
    const { TableDescription } = await client.send(new CreateTableCommand(plainTable()));
    const creating = {
      TableName,
      TableArn: arnOf(TableName),
      TableId: expect.stringMatching(uuid),
      TableStatus: "CREATING",
      CreationDateTime: createdAt,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      DeletionProtectionEnabled: false,
      ItemCount: 0,
      TableSizeBytes: 0,
    };
    expect(TableDescription).toEqual(creating);
    advance(1);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toEqual({
      ...creating,
      TableStatus: "ACTIVE",
      BillingModeSummary: {
        BillingMode: "PAY_PER_REQUEST",
        LastUpdateToPayPerRequestDateTime: createdAt,
      },
      WarmThroughput: { ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: "ACTIVE" },
    });
  });

  test("a provisioned table has no billing mode summary, and its capacity as warm throughput", async () => {
    const { client, advance } = await sandboxForTest();
    const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
    await client.send(new CreateTableCommand(plainTable({ BillingMode: undefined, ProvisionedThroughput })));
    advance(1);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).not.toHaveProperty("BillingModeSummary");
    expect(Table?.ProvisionedThroughput).toEqual({ NumberOfDecreasesToday: 0, ...ProvisionedThroughput });
    expect(Table?.WarmThroughput).toEqual({
      ReadUnitsPerSecond: 5,
      WriteUnitsPerSecond: 6,
      Status: "ACTIVE",
    });
  });

  test("indexes, stream, class, on-demand caps and deletion protection read back as given", async () => {
    const { client, advance } = await sandboxForTest();
    const input = plainTable({
      AttributeDefinitions: ["id", "at", "who"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S" as const,
      })),
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-who",
          KeySchema: [{ AttributeName: "who", KeyType: "HASH" }],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "local",
          KeySchema: [
            { AttributeName: "id", KeyType: "HASH" },
            { AttributeName: "who", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      OnDemandThroughput: { MaxReadRequestUnits: 10 },
      DeletionProtectionEnabled: true,
    });
    await client.send(new CreateTableCommand(input));
    advance(1);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      LatestStreamLabel: "2026-03-01T12:00:00.000",
      LatestStreamArn: `${arnOf(TableName)}/stream/2026-03-01T12:00:00.000`,
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
      OnDemandThroughput: { MaxReadRequestUnits: 10 },
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [
        {
          ...input.GlobalSecondaryIndexes![0],
          IndexStatus: "ACTIVE",
          IndexArn: `${arnOf(TableName)}/index/by-who`,
          ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        },
      ],
      LocalSecondaryIndexes: [
        { ...input.LocalSecondaryIndexes![0], IndexArn: `${arnOf(TableName)}/index/local` },
      ],
    });
  });

  const key = "0b1c2d3e-4f50-4a1b-8c2d-3e4f50617283";
  const keyArn = `arn:aws:kms:eu-west-1:111111111111:key/${key}`;
  test.each([
    ["the AWS-owned key is not reported", undefined, undefined],
    ["switched off means the AWS-owned key", { Enabled: false }, undefined],
    ["the AWS-managed key by its ARN", { Enabled: true }, /^arn:aws:kms:eu-west-1:111111111111:key\/.{36}$/],
    ["a key id as ARN", { Enabled: true, SSEType: "KMS", KMSMasterKeyId: key }, new RegExp(`^${keyArn}$`)],
    [
      "a key ARN as it is",
      { Enabled: true, SSEType: "KMS", KMSMasterKeyId: keyArn },
      new RegExp(`^${keyArn}$`),
    ],
    [
      "an alias as key ARN",
      { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/shop" },
      /^arn:aws:kms:eu-west-1:111111111111:key\/.{36}$/,
    ],
  ] as const)("encryption: %s", async (_title, SSESpecification, arn) => {
    const { client } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable({ SSESpecification })));
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (arn === undefined) expect(Table).not.toHaveProperty("SSEDescription");
    else
      expect(Table?.SSEDescription).toEqual({
        Status: "ENABLED",
        SSEType: "KMS",
        KMSMasterKeyArn: expect.stringMatching(arn),
      });
  });

  test("an alias name and its ARN mean the same key", async () => {
    const { client, sandbox } = await sandboxForTest();
    const aliases = ["alias/shop", "arn:aws:kms:eu-west-1:111111111111:alias/shop"];
    for (const [position, KMSMasterKeyId] of aliases.entries())
      await client.send(
        new CreateTableCommand(
          plainTable({
            TableName: `table-${position}`,
            SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId },
          }),
        ),
      );
    const [first, second] = sandbox
      .tables()
      .map((table) => table.description.SSEDescription?.KMSMasterKeyArn);
    expect(first).toBe(second);
  });
});

describe("names", () => {
  test("a table belongs to one account and one region", async () => {
    const { client, sandbox } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    for (const other of [
      clientOf(sandbox.url, "222222222222"),
      clientOf(sandbox.url, "111111111111", "us-east-1"),
    ]) {
      await expect(other.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
      await other.send(new CreateTableCommand(plainTable()));
    }
    expect(sandbox.tables().map((table) => table.description.TableArn)).toEqual([
      arnOf(TableName),
      arnOf(TableName, "222222222222"),
      arnOf(TableName, "111111111111", "us-east-1"),
    ]);
  });

  test("an access key that is no account number means account 000000000000", async () => {
    const { sandbox } = await sandboxForTest();
    const { TableDescription } = await clientOf(sandbox.url, "AKIDEXAMPLE").send(
      new CreateTableCommand(plainTable()),
    );
    expect(TableDescription?.TableArn).toBe(arnOf(TableName, "000000000000"));
  });

  test("the second CreateTable of a name is refused, in creation and after", async () => {
    const { client, advance } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    await expect(client.send(new CreateTableCommand(plainTable()))).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: `Attempt to change a resource which is still in use: Table is being created: ${TableName}`,
    });
    advance(1);
    await expect(client.send(new CreateTableCommand(plainTable()))).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: `Table already exists: ${TableName}`,
    });
  });

  test("a table created twice gets a new TableId", async () => {
    const { client, advance, sandbox } = await sandboxForTest();
    const ids: (string | undefined)[] = [];
    for (const _ of [1, 2]) {
      await client.send(new CreateTableCommand(plainTable()));
      ids.push(sandbox.tables()[0]?.description.TableId);
      advance(1);
      await client.send(new DeleteTableCommand({ TableName }));
      advance(1);
    }
    expect(ids[0]).not.toBe(ids[1]);
  });

  test("tags given at creation are the table's tags", async () => {
    const { client } = await sandboxForTest();
    const Tags = [{ Key: "Owner", Value: "platform-team" }];
    await client.send(new CreateTableCommand(plainTable({ Tags })));
    const answer = await client.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf(TableName) }));
    expect(answer.Tags).toEqual(Tags);
  });
});
