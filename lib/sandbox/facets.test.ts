import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import type { SandboxOptions } from "./options.ts";
import { arnOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const TableName = "shop-dev-orders";
const ResourceArn = arnOf(TableName);

async function createdTable(options: SandboxOptions = {}) {
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

async function activeTable(options: SandboxOptions = {}) {
  const table = await createdTable(options);
  table.advance(1);
  return table;
}

describe("time to live", () => {
  test("it is ENABLING, then ENABLED, and DISABLED without an attribute", async () => {
    const { ttl, setTtl, advance } = await activeTable();
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLED" });
    const answer = await setTtl("expires", true);
    expect(answer.TimeToLiveSpecification).toEqual({ AttributeName: "expires", Enabled: true });
    expect(await ttl()).toEqual({ TimeToLiveStatus: "ENABLING", AttributeName: "expires" });
    advance(1);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    advance(3600);
    await setTtl("expires", false);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLING", AttributeName: "expires" });
    advance(1);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLED" });
  });

  test.each([
    ["the same again", "expires", true, "TimeToLive is already enabled"],
    [
      "another attribute",
      "ttl",
      true,
      "TimeToLive is active on a different AttributeName: current AttributeName is expires",
    ],
    [
      "off within the hour",
      "expires",
      false,
      "Time to live has been modified multiple times within a fixed interval",
    ],
  ])("refuses %s", async (_title, attribute, enabled, message) => {
    const { setTtl } = await activeTable();
    await setTtl("expires", true);
    await expect(setTtl(attribute, enabled)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("refuses to switch off what is off, and a name longer than 255", async () => {
    const { setTtl } = await activeTable();
    await expect(setTtl("expires", false)).rejects.toMatchObject({
      message: "TimeToLive is already disabled",
    });
    await expect(setTtl("a".repeat(256), true)).rejects.toMatchObject({
      message: expect.stringContaining(
        "at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length less than or equal to 255",
      ),
    });
  });

  test("it can neither be set nor read while the table is CREATING", async () => {
    const { setTtl, ttl } = await createdTable();
    await expect(setTtl("expires", true)).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(ttl()).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING",
    });
  });
});

describe("continuous backups", () => {
  test("recovery is on for 35 days, or for the days asked", async () => {
    const { setRecovery, backups, advance } = await activeTable();
    expect(await backups()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    });
    await setRecovery(true);
    const enabledAt = new Date("2026-03-01T12:00:01.000Z");
    expect(await backups()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: 35,
        EarliestRestorableDateTime: enabledAt,
        LatestRestorableDateTime: enabledAt,
      },
    });
    await setRecovery(true, 7);
    advance(600);
    expect((await backups())?.PointInTimeRecoveryDescription).toMatchObject({
      RecoveryPeriodInDays: 7,
      LatestRestorableDateTime: new Date("2026-03-01T12:05:01.000Z"),
    });
    await setRecovery(false);
    expect((await backups())?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "DISABLED",
    });
  });

  test("recovery waits for the table, and then for its backups", async () => {
    const { setRecovery, backups, advance } = await createdTable({ backupsEnablingSeconds: 5 });
    for (const _ of ["CREATING", "ACTIVE"]) {
      await expect(setRecovery(true)).rejects.toMatchObject({
        name: "ContinuousBackupsUnavailableException",
        message: `Backups are being enabled for the table: ${TableName}. Please retry later`,
      });
      advance(1);
    }
    expect((await backups())?.ContinuousBackupsStatus).toBe("DISABLED");
    advance(4);
    await setRecovery(true);
  });

  test("36 days, days while off, and a table that is not there are refused", async () => {
    const { setRecovery, client } = await activeTable();
    await expect(setRecovery(true, 36)).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 35",
    });
    await expect(setRecovery(false, 7)).rejects.toMatchObject({ name: "ValidationException" });
    await expect(
      client.send(new DescribeContinuousBackupsCommand({ TableName: "other" })),
    ).rejects.toMatchObject({ name: "TableNotFoundException", message: "Table not found: other" });
  });
});

describe("tags", () => {
  test("a tag is added, overwritten and removed", async () => {
    const { tag, tags, client } = await activeTable();
    await tag("Owner", "shop");
    await tag("CostCenter", "1234");
    expect(await tags()).toEqual([
      { Key: "Owner", Value: "shop" },
      { Key: "CostCenter", Value: "1234" },
    ]);
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["Owner", "unknown"] }));
    expect(await tags()).toEqual([{ Key: "CostCenter", Value: "1234" }]);
  });

  test("the 51st tag of a table is refused", async () => {
    const { client, tags } = await activeTable();
    const Tags = Array.from({ length: 50 }, (_, position) => ({ Key: `key-${position}`, Value: "v" }));
    await expect(client.send(new TagResourceCommand({ ResourceArn, Tags }))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Number of Tags exceed the current limit for the provided ResourceArn",
    });
    expect(await tags()).toHaveLength(1);
  });

  test.each([
    [
      "a bare name",
      TableName,
      "ValidationException",
      `One or more parameter values were invalid: ARNs must start with 'arn:': ${TableName}`,
    ],
    [
      "an index",
      `${ResourceArn}/index/one`,
      "ValidationException",
      `One or more parameter values were invalid: Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${ResourceArn}/index/one`,
    ],
    [
      "another region",
      arnOf(TableName, "111111111111", "us-east-1"),
      "ValidationException",
      `Invalid TableArn: Invalid ResourceArn provided as input ${arnOf(TableName, "111111111111", "us-east-1")}`,
    ],
    [
      "no such table",
      arnOf("other"),
      "ResourceNotFoundException",
      `Requested resource not found: ResourceArn: ${arnOf("other")} not found`,
    ],
  ])("an ARN of %s is refused", async (_title, arn, name, message) => {
    const { client } = await activeTable();
    await expect(client.send(new ListTagsOfResourceCommand({ ResourceArn: arn }))).rejects.toMatchObject({
      name,
      message,
    });
  });

  test("a table in creation cannot be tagged", async () => {
    const { tag } = await createdTable();
    await expect(tag("a", "b")).rejects.toMatchObject({ name: "ResourceInUseException" });
  });
});

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
