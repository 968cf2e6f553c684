import { crc32 } from "node:zlib";
import {
  CreateTableCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { arnOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const signed =
  "AWS4-HMAC-SHA256 Credential=111111111111/20260301/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

const post = (url: string, headers: Record<string, string>, body: string) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/x-amz-json-1.0", ...headers }, body });

describe("the wire", () => {
  test("an answer carries AWS's headers, its checksum and dates as seconds", async () => {
    const { sandbox, client } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    const response = await post(
      sandbox.url,
      { "x-amz-target": "DynamoDB_20120810.DescribeTable", authorization: signed },
      '{"TableName":"shop-dev-orders"}',
    );
    const body = await response.text();
    expect(response.headers.get("content-type")).toBe("application/x-amz-json-1.0");
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9A-Z]{52}$/);
    expect(response.headers.get("x-amz-crc32")).toBe(String(crc32(body)));
    expect(JSON.parse(body).Table.CreationDateTime).toBe(Date.parse("2026-03-01T12:00:00Z") / 1000);
  });

  test.each([
    [
      "no signature",
      { "x-amz-target": "DynamoDB_20120810.ListTables" },
      "{}",
      "com.amazon.coral.service#MissingAuthenticationTokenException",
    ],
    [
      "half a credential",
      { "x-amz-target": "DynamoDB_20120810.ListTables", authorization: "AWS4-HMAC-SHA256 Credential=a/b" },
      "{}",
      "com.amazon.coral.service#IncompleteSignatureException",
    ],
    ["no operation", { authorization: signed }, "{}", "com.amazon.coral.service#UnknownOperationException"],
    [
      "another service",
      { "x-amz-target": "DynamoDBStreams_20120810.ListStreams", authorization: signed },
      "{}",
      "com.amazon.coral.service#UnknownOperationException",
    ],
    [
      "no JSON",
      { "x-amz-target": "DynamoDB_20120810.ListTables", authorization: signed },
      "{",
      "com.amazon.coral.service#SerializationException",
    ],
    [
      "a number for a name",
      { "x-amz-target": "DynamoDB_20120810.DescribeTable", authorization: signed },
      '{"TableName":1}',
      "com.amazon.coral.service#SerializationException",
    ],
    [
      "a list for the body",
      { "x-amz-target": "DynamoDB_20120810.DescribeTable", authorization: signed },
      "[]",
      "com.amazon.coral.service#SerializationException",
    ],
    [
      "no name",
      { "x-amz-target": "DynamoDB_20120810.DescribeTable", authorization: signed },
      "{}",
      "com.amazon.coral.validate#ValidationException",
    ],
    [
      "no table",
      { "x-amz-target": "DynamoDB_20120810.DescribeTable", authorization: signed },
      '{"TableName":"orders"}',
      "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
    ],
  ])("%s is answered as AWS does", async (_title, headers, body, type) => {
    const { sandbox } = await sandboxForTest();
    const response = await post(sandbox.url, headers as Record<string, string>, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: type });
  });

  test("a body over a megabyte is refused unread", async () => {
    const { sandbox } = await sandboxForTest();
    const response = await post(sandbox.url, { authorization: signed }, "x".repeat(1024 * 1024 + 1));
    expect(response.status).toBe(413);
  });

  test("GET says that it is healthy", async () => {
    const { sandbox } = await sandboxForTest();
    expect(await (await fetch(sandbox.url)).text()).toContain("healthy");
  });

  test("an operation it does not have is unknown", async () => {
    const { client } = await sandboxForTest();
    await expect(client.send(new ListBackupsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe("reads of the account", () => {
  test("names come in order, a page at a time", async () => {
    const { client } = await sandboxForTest();
    for (const TableName of ["carts", "Zebra", "apples"])
      await client.send(new CreateTableCommand(plainTable({ TableName })));
    const first = await client.send(new ListTablesCommand({ Limit: 2 }));
    expect(first).toMatchObject({ TableNames: ["Zebra", "apples"], LastEvaluatedTableName: "apples" });
    const second = await client.send(
      new ListTablesCommand({ Limit: 2, ExclusiveStartTableName: first.LastEvaluatedTableName }),
    );
    expect(second.TableNames).toEqual(["carts"]);
    expect(second).not.toHaveProperty("LastEvaluatedTableName");
    await expect(client.send(new ListTablesCommand({ Limit: 101 }))).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    });
  });

  test("a table is found by its ARN", async () => {
    const { client } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable()));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: arnOf("shop-dev-orders") }));
    expect(Table?.TableName).toBe("shop-dev-orders");
  });

  test("limits are AWS's defaults, and the endpoint is the sandbox itself", async () => {
    const { client, sandbox } = await sandboxForTest();
    expect(await client.send(new DescribeLimitsCommand({}))).toMatchObject({
      AccountMaxReadCapacityUnits: 80_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
    const { Endpoints } = await client.send(new DescribeEndpointsCommand({}));
    expect(Endpoints?.[0]?.Address).toBe(new URL(sandbox.url).host);
  });
});
