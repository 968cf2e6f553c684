import {
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { activeTable, createdTable, ResourceArn, TableName } from "./facets.fixture.ts";
import { arnOf } from "./sandbox.fixture.ts";

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
