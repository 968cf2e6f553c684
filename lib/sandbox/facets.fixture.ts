import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { SandboxOptions } from "./options.ts";
import { arnOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

export const TableName = "shop-dev-orders";
export const ResourceArn = arnOf(TableName);

/** A table that has just been created, and the calls about its facets. */
export async function createdTable(options: SandboxOptions = {}) {
  const started = await sandboxForTest(options);
  const { client } = started;
  await client.send(
    new CreateTableCommand(
      plainTable({ Tags: [{ Key: "Owner", Value: "platform" }], SSESpecification: { Enabled: true } }),
    ),
  );
  return {
    ...started,
    setTtl: (AttributeName: string, Enabled: boolean) =>
      client.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
      ),
    ttl: async () => (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription,
    setRecovery: (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
      client.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays },
        }),
      ),
    backups: async () =>
      (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription,
    tags: async () => (await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags,
    tag: (Key: string, Value: string) =>
      client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key, Value }] })),
  };
}

/** The same a second later, when it is ACTIVE. */
export async function activeTable(options: SandboxOptions = {}) {
  const table = await createdTable(options);
  table.advance(1);
  return table;
}
