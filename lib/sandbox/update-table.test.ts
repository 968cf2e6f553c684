import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const TableName = "shop-dev-orders";
const invalid = "One or more parameter values were invalid: ";
const capacity = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
  ReadCapacityUnits,
  WriteCapacityUnits,
});
const provisioned = { BillingMode: "PROVISIONED" as const, ProvisionedThroughput: capacity(5, 5) };
const newIndex = (IndexName: string) => ({
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
const dropIndex = (IndexName: string) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });

/** An ACTIVE table, and what to do with it. */
async function activeTable(changes: Partial<CreateTableCommandInput> = {}) {
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

type Change = Omit<UpdateTableCommandInput, "TableName">;
const refused: [title: string, created: Partial<CreateTableCommandInput>, change: Change, message: string][] =
  [
    [
      "nothing",
      {},
      {},
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required",
    ],
    [
      "class with anything",
      {},
      { TableClass: "STANDARD_INFREQUENT_ACCESS", DeletionProtectionEnabled: true },
      `${invalid}TableClass modification must be the only operation in the request`,
    ],
    [
      "encryption with anything",
      {},
      { SSESpecification: { Enabled: true }, DeletionProtectionEnabled: true },
      `${invalid}Server-Side Encryption modification must be the only operation in the request`,
    ],
    [
      "protection with anything",
      {},
      { DeletionProtectionEnabled: true, BillingMode: "PAY_PER_REQUEST" },
      `${invalid}DeletionProtection modification must be the only operation in the request`,
    ],
    [
      "stream with capacity",
      provisioned,
      {
        ProvisionedThroughput: capacity(6, 6),
        StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      },
      `${invalid}You cannot modify stream status while updating table IOPS`,
    ],
    [
      "on-demand caps with a stream",
      {},
      {
        OnDemandThroughput: { MaxReadRequestUnits: 1 },
        StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
      },
      `${invalid}OnDemandThroughput can only be combined with BillingMode in an UpdateTable request`,
    ],
    [
      "the capacity it has",
      provisioned,
      { ProvisionedThroughput: capacity(5, 5) },
      "The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5. Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
    ],
    [
      "capacity on demand",
      {},
      { ProvisionedThroughput: capacity(5, 5) },
      `${invalid}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      "provisioned without capacity",
      {},
      { BillingMode: "PROVISIONED" },
      `${invalid}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    ],
    [
      "a second stream",
      { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } },
      { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } },
      `Table already has an enabled stream: TableName: ${TableName}`,
    ],
    [
      "no stream off",
      {},
      { StreamSpecification: { StreamEnabled: false } },
      `Table has no stream to disable: TableName: ${TableName}`,
    ],
    [
      "the AWS-owned key again",
      {},
      { SSESpecification: { Enabled: false } },
      `${invalid}Table is already encrypted by default`,
    ],
    [
      "the key it has",
      { SSESpecification: { Enabled: true } },
      { SSESpecification: { Enabled: true } },
      `${invalid}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key`,
    ],
    [
      "what the sandbox does not have",
      {},
      { ReplicaUpdates: [{ Create: { RegionName: "us-east-1" } }] },
      `${invalid}ReplicaUpdates is not supported by this sandbox`,
    ],
  ];

describe("UpdateTable refuses in DynamoDB's words", () => {
  test.each(refused)("%s", async (_title, created, change, message) => {
    const { update } = await activeTable(created);
    await expect(update(change)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("a table in creation, and one being updated", async () => {
    const { update, advance } = await activeTable(provisioned);
    await update({ ProvisionedThroughput: capacity(6, 6) });
    await expect(update({ ProvisionedThroughput: capacity(7, 7) })).rejects.toMatchObject({
      name: "ResourceInUseException",
    });
    advance(1);
    await update({ ProvisionedThroughput: capacity(7, 7) });
  });
});

describe("capacity", () => {
  test("a provisioned table becomes on demand, then reports since when", async () => {
    const { update, describe: read, advance } = await activeTable(provisioned);
    const { TableDescription } = await update({ BillingMode: "PAY_PER_REQUEST" });
    expect(TableDescription?.TableStatus).toBe("UPDATING");
    advance(1);
    expect(await read()).toMatchObject({
      TableStatus: "ACTIVE",
      BillingModeSummary: {
        BillingMode: "PAY_PER_REQUEST",
        LastUpdateToPayPerRequestDateTime: new Date("2026-03-01T12:00:01.000Z"),
      },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    });
  });

  test("the way to PROVISIONED must carry the capacity of every index", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update(newIndex("by-price"));
    advance(3);
    await expect(update(provisioned)).rejects.toMatchObject({
      message: `${invalid}ProvisionedThroughput must be specified for index: by-price`,
    });
    await update({
      ...provisioned,
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: "by-price", ProvisionedThroughput: capacity(2, 3) } },
      ],
    });
    advance(1);
    expect(await read()).toMatchObject({
      ProvisionedThroughput: capacity(5, 5),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: capacity(2, 3), IndexStatus: "ACTIVE" }],
    });
  });

  test("four decreases a day, the fifth an hour later", async () => {
    const {
      update,
      describe: read,
      advance,
    } = await activeTable({
      ...provisioned,
      ProvisionedThroughput: capacity(9, 9),
    });
    for (const units of [8, 7, 6, 5]) {
      await update({ ProvisionedThroughput: capacity(units, units) });
      advance(1);
    }
    expect((await read()).ProvisionedThroughput?.NumberOfDecreasesToday).toBe(4);
    await expect(update({ ProvisionedThroughput: capacity(4, 4) })).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    advance(3600);
    await update({ ProvisionedThroughput: capacity(4, 4) });
  });

  test("an on-demand cap is set, and taken away by -1", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update({ OnDemandThroughput: { MaxReadRequestUnits: 20 } });
    advance(1);
    expect((await read()).OnDemandThroughput).toEqual({ MaxReadRequestUnits: 20 });
    await update({ OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    advance(1);
    expect(await read()).not.toHaveProperty("OnDemandThroughput");
  });
});

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

describe("stream, class, encryption, protection", () => {
  test("a stream switched off and on is a new stream, and off keeps the old label to read", async () => {
    const {
      update,
      describe: read,
      advance,
    } = await activeTable({
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    });
    const first = (await read()).LatestStreamArn;
    await update({ StreamSpecification: { StreamEnabled: false } });
    advance(1);
    const off = await read();
    expect(off).not.toHaveProperty("StreamSpecification");
    expect(off.LatestStreamArn).toBe(first);
    await update({ StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } });
    const on = await read();
    expect(on.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
    expect(on.LatestStreamArn).not.toBe(first);
  });

  test("the table class changes twice in 30 days", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
    advance(1);
    expect((await read()).TableClassSummary).toEqual({
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      LastUpdateDateTime: new Date("2026-03-01T12:00:01.000Z"),
    });
    await update({ TableClass: "STANDARD" });
    advance(1);
    await expect(update({ TableClass: "STANDARD_INFREQUENT_ACCESS" })).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).",
    });
    advance(30 * 24 * 3600);
    await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
  });

  test("a key change moves the encryption while the table stays ACTIVE", async () => {
    const { update, describe: read, advance } = await activeTable({ SSESpecification: { Enabled: true } });
    await update({ SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/shop" } });
    expect(await read()).toMatchObject({ TableStatus: "ACTIVE", SSEDescription: { Status: "UPDATING" } });
    await expect(update({ SSESpecification: { Enabled: false } })).rejects.toMatchObject({
      message:
        "Attempt to change a resource which is still in use: Server-Side Encryption is still being updated",
    });
    advance(2);
    expect((await read()).SSEDescription?.Status).toBe("ENABLED");
    await update({ SSESpecification: { Enabled: false } });
    advance(2);
    expect(await read()).not.toHaveProperty("SSEDescription");
  });

  test("deletion protection changes at once, and again only after 15 seconds", async () => {
    const {
      update,
      describe: read,
      advance,
      remove,
    } = await activeTable({ DeletionProtectionEnabled: true });
    await update({ DeletionProtectionEnabled: false });
    expect(await read()).toMatchObject({ TableStatus: "ACTIVE", DeletionProtectionEnabled: false });
    await expect(update({ DeletionProtectionEnabled: true })).rejects.toMatchObject({
      name: "ThrottlingException",
      message: `Deletion protection setting for table ${TableName} modified within the previous 15000 milliseconds. Please try again after 2026-03-01T12:00:16.000Z`,
    });
    advance(15);
    await update({ DeletionProtectionEnabled: true });
    advance(15);
    await update({ DeletionProtectionEnabled: false });
    await remove();
  });
});
