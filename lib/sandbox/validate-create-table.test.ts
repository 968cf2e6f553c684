import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const invalid = "One or more parameter values were invalid: ";
const attributes = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));
const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" as const });
const range = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" as const });
const index = (IndexName: string, changes = {}) => ({
  IndexName,
  KeySchema: [hash("id")],
  Projection: { ProjectionType: "ALL" as const },
  ...changes,
});
const local = (IndexName: string, changes = {}) =>
  index(IndexName, { KeySchema: [hash("id"), range("at")], ...changes });
const withSortKey = { AttributeDefinitions: attributes("id", "at"), KeySchema: [hash("id"), range("at")] };
const provisioned = {
  BillingMode: "PROVISIONED" as const,
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
};
const tags = (count: number) =>
  Array.from({ length: count }, (_, position) => ({ Key: `key-${position}`, Value: "" }));

type Case = [title: string, changes: Partial<CreateTableCommandInput>, message: string, name?: string];

const refused: Case[] = [
  [
    "a name of two characters",
    { TableName: "ab" },
    "TableName must be at least 3 characters long and at most 255 characters long",
  ],
  [
    "a name of 256 characters",
    { TableName: "a".repeat(256) },
    "TableName must be at least 3 characters long and at most 255 characters long",
  ],
  [
    "a name with a space",
    { TableName: "a table" },
    "1 validation error detected: Value 'a table' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
  ],
  [
    "an ARN of another region",
    { TableName: "arn:aws:dynamodb:us-east-1:111111111111:table/orders" },
    "1 validation error detected: Invalid AWS region in 'arn:aws:dynamodb:us-east-1:111111111111:table/orders'",
  ],
  [
    "a key type there is not",
    { KeySchema: [hash("id"), { AttributeName: "at", KeyType: "SORT" as "RANGE" }] },
    "1 validation error detected: Value 'SORT' at 'keySchema.2.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
  ],
  [
    "two faults at once",
    {
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "BOOL" as "B" }],
      BillingMode: "FREE" as "PROVISIONED",
    },
    "2 validation errors detected: Value 'BOOL' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]; Value 'FREE' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]",
  ],
  [
    "no key schema",
    { KeySchema: undefined },
    "1 validation error detected: Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
  ],
  [
    "an empty key schema",
    { KeySchema: [] },
    "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    "a sort key first",
    { ...withSortKey, KeySchema: [range("id"), hash("at")] },
    "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
  ],
  [
    "two hash keys",
    { ...withSortKey, KeySchema: [hash("id"), hash("at")] },
    "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
  ],
  [
    "one attribute twice in the key",
    { ...withSortKey, KeySchema: [hash("id"), range("id")] },
    "Both the Hash Key and the Range Key element in the KeySchema have the same name",
  ],
  [
    "a key that is not defined",
    { KeySchema: [hash("other")] },
    `${invalid}Some index key attributes are not defined in AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]`,
  ],
  [
    "an attribute that is not used",
    { AttributeDefinitions: attributes("id", "at") },
    `${invalid}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
  ],
  [
    "an attribute that no index uses either",
    { AttributeDefinitions: attributes("id", "at"), GlobalSecondaryIndexes: [index("one")] },
    `${invalid}Some AttributeDefinitions are not used. AttributeDefinitions: [id, at], keys used: [id]`,
  ],
  [
    "an attribute defined twice",
    { AttributeDefinitions: attributes("id", "id") },
    "Attribute Name is duplicated: id",
  ],
  [
    "a key name of 400 bytes in 200 characters",
    { AttributeDefinitions: attributes("é".repeat(200)), KeySchema: [hash("é".repeat(200))] },
    `${invalid}Size of key attribute name exceeds the maximum size of 255 bytes, attribute: ${"é".repeat(200)}`,
  ],
  [
    "capacity on demand",
    { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    `${invalid}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
  ],
  [
    "no capacity when provisioned",
    { BillingMode: "PROVISIONED" },
    `${invalid}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
  ],
  [
    "no billing mode means provisioned",
    { BillingMode: undefined },
    `${invalid}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
  ],
  [
    "capacity of 0",
    { BillingMode: "PROVISIONED", ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 1 } },
    "1 validation error detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    "capacity over the quota",
    {
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 40_001, WriteCapacityUnits: 1 },
    },
    "The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in eu-west-1. Per table maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
    "LimitExceededException",
  ],
  [
    "on-demand caps when provisioned",
    { ...provisioned, OnDemandThroughput: { MaxReadRequestUnits: 1 } },
    `${invalid}MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED`,
  ],
  [
    "an on-demand cap of 0",
    { OnDemandThroughput: { MaxReadRequestUnits: 0 } },
    `${invalid}Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range`,
  ],
  [
    "a stream without a view type",
    { StreamSpecification: { StreamEnabled: true } },
    `${invalid}Table is being created with a stream enabled, UpdateViewType is required`,
  ],
  [
    "a view type without a stream",
    { StreamSpecification: { StreamEnabled: false, StreamViewType: "KEYS_ONLY" } },
    `${invalid}Table is being created with a stream disabled, UpdateViewType should not be specified`,
  ],
  [
    "a view type there is not",
    { StreamSpecification: { StreamEnabled: true, StreamViewType: "ALL" as "KEYS_ONLY" } },
    "1 validation error detected: Value 'ALL' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]",
  ],
  [
    "a key while encryption is off",
    { SSESpecification: { Enabled: false, KMSMasterKeyId: "alias/shop" } },
    `${invalid}KMSMasterKeyId can not be specified if Enabled is false`,
  ],
  [
    "a key without its type",
    { SSESpecification: { Enabled: true, KMSMasterKeyId: "alias/shop" } },
    `${invalid}SSEType KMS is required if KMSMasterKeyId is specified`,
  ],
  [
    "a table class there is not",
    { TableClass: "COLD" as "STANDARD" },
    "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
  ],
  [
    "an empty list of indexes",
    { GlobalSecondaryIndexes: [] },
    `${invalid}List of GlobalSecondaryIndexes is empty`,
  ],
  [
    "21 global indexes",
    { GlobalSecondaryIndexes: Array.from({ length: 21 }, (_, n) => index(`index-${n}`)) },
    `${invalid}GlobalSecondaryIndex count exceeds the per-table limit of 20`,
  ],
  [
    "6 local indexes",
    { ...withSortKey, LocalSecondaryIndexes: Array.from({ length: 6 }, (_, n) => local(`index-${n}`)) },
    `${invalid}Number of LocalSecondaryIndexes exceeds per-table limit of 5`,
  ],
  [
    "a local index on a table without a sort key",
    { AttributeDefinitions: attributes("id", "at"), LocalSecondaryIndexes: [local("one")] },
    `${invalid}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
  ],
  [
    "a local index with another partition key",
    { ...withSortKey, LocalSecondaryIndexes: [local("one", { KeySchema: [hash("at"), range("id")] })] },
    `${invalid}Index KeySchema does not have the same leading hash key as table KeySchema for index: one. index hash key: at, table hash key: id`,
  ],
  [
    "a local index without a sort key",
    { ...withSortKey, LocalSecondaryIndexes: [index("one")] },
    `${invalid}Index KeySchema does not have a range key for index: one`,
  ],
  [
    "one index name twice",
    { ...withSortKey, LocalSecondaryIndexes: [local("one")], GlobalSecondaryIndexes: [index("one")] },
    `${invalid}Duplicate index name: one`,
  ],
  [
    "INCLUDE of nothing",
    { GlobalSecondaryIndexes: [index("one", { Projection: { ProjectionType: "INCLUDE" } })] },
    `${invalid}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`,
  ],
  [
    "attributes beside ALL",
    {
      GlobalSecondaryIndexes: [
        index("one", { Projection: { ProjectionType: "ALL", NonKeyAttributes: ["a"] } }),
      ],
    },
    `${invalid}ProjectionType is ALL, but NonKeyAttributes is specified`,
  ],
  [
    "capacity for an index on demand",
    { GlobalSecondaryIndexes: [index("one", { ProvisionedThroughput: provisioned.ProvisionedThroughput })] },
    `${invalid}ProvisionedThroughput should not be specified for index: one when BillingMode is PAY_PER_REQUEST`,
  ],
  [
    "no capacity for a provisioned index",
    { ...provisioned, GlobalSecondaryIndexes: [index("one")] },
    `${invalid}ProvisionedThroughput is not specified for index: one`,
  ],
  ["51 tags", { Tags: tags(51) }, "Number of Tags exceed the current limit for the provided ResourceArn"],
  [
    "a tag of AWS's",
    { Tags: [{ Key: "aws:owner", Value: "me" }] },
    "Tag Key cannot be prefixed with aws:, Key: aws:owner",
  ],
  [
    "a tag with other characters",
    { Tags: [{ Key: "owner", Value: "a;b" }] },
    "The Tag Value provided is invalid, Value: a;b",
  ],
  [
    "a tag twice",
    {
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "a", Value: "2" },
      ],
    },
    "Duplicate Tag Keys provided as input: Duplicate Tag Key found a",
  ],
  [
    "what the sandbox does not have",
    { ResourcePolicy: "{}" },
    `${invalid}ResourcePolicy is not supported by this sandbox`,
  ],
];

describe("CreateTable refuses in DynamoDB's words", () => {
  test.each(refused)("%s", async (_title, changes, message, name = "ValidationException") => {
    const { client, sandbox } = await sandboxForTest();
    await expect(client.send(new CreateTableCommand(plainTable(changes)))).rejects.toMatchObject({
      name,
      message,
      $metadata: { httpStatusCode: 400 },
    });
    expect(sandbox.tables()).toEqual([]);
  });
});

const accepted: [title: string, changes: Partial<CreateTableCommandInput>][] = [
  ["a name that begins with a dot", { TableName: ".-orders" }],
  ["50 tags", { Tags: tags(50) }],
  ["tags in other alphabets", { Tags: [{ Key: "größe", Value: "東京 +-=._:/" }] }],
  [
    "20 global indexes",
    { GlobalSecondaryIndexes: Array.from({ length: 20 }, (_, n) => index(`index-${n}`)) },
  ],
  [
    "5 local indexes",
    { ...withSortKey, LocalSecondaryIndexes: Array.from({ length: 5 }, (_, n) => local(`index-${n}`)) },
  ],
  [
    "capacity at the quota",
    {
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 40_000, WriteCapacityUnits: 40_000 },
    },
  ],
  [
    "a key name of 255 bytes",
    { AttributeDefinitions: attributes("a".repeat(255)), KeySchema: [hash("a".repeat(255))] },
  ],
  [
    "a global index with two partition keys",
    {
      AttributeDefinitions: attributes("id", "at"),
      GlobalSecondaryIndexes: [index("one", { KeySchema: [hash("id"), hash("at")] })],
    },
  ],
];

describe("CreateTable accepts", () => {
  test.each(accepted)("%s", async (_title, changes) => {
    const { client } = await sandboxForTest();
    await client.send(new CreateTableCommand(plainTable(changes)));
  });
});
