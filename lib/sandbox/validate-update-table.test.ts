import type { CreateTableCommandInput, UpdateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { activeTable, capacity, invalid, provisioned, TableName } from "./update-table.fixture.ts";

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
