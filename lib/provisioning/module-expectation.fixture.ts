import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";

/*
 * What the Terraform module makes, written down from the text of its main.tf and variables.tf. Nothing here may use
 * the code that is being tested: not its schema, its defaults, its plan, or its way to read a table.
 */

type Maybe<T> = T | null | undefined;

/** One entry of the module's variable `tables`: `map(object({ partition_key = string, sort_key = optional(string), … }))`. */
export type ModuleTable = {
  partition_key: string;
  sort_key?: Maybe<string>;
  attribute_types?: Maybe<Record<string, "S" | "N" | "B">>;
  type?: Maybe<"key-value" | "time-series">;
  billing_mode?: Maybe<"PAY_PER_REQUEST" | "PROVISIONED">;
  enable_ttl?: Maybe<boolean>;
  ttl_attribute?: Maybe<string>;
  enable_point_in_time_recovery?: Maybe<boolean>;
  enable_stream?: Maybe<boolean>;
  stream_view_type?: Maybe<"KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES">;
  kms_key_id?: Maybe<string>;
  purpose?: Maybe<string>;
};

/** A table in the words of the resource `aws_dynamodb_table`; what the module leaves out is null, false or empty. */
export type TableFacts = {
  name: string;
  hash_key: string;
  range_key: string | null;
  attribute: Record<string, string>;
  billing_mode: string;
  read_capacity: number | null;
  write_capacity: number | null;
  ttl: string | null;
  point_in_time_recovery: boolean;
  recovery_period_in_days: number | null;
  /** `aws/dynamodb` for the AWS managed key, else the ARN of the key; null for the AWS owned one. */
  server_side_encryption: string | null;
  stream_view_type: string | null;
  table_class: string;
  deletion_protection_enabled: boolean;
  indexes: string[];
  tags: Record<string, string>;
};

type Variables = { project_name: string; environment: string; tags: Record<string, string> };

/** The table that the module would have made of `tables[key]`. */
export function moduleTable(variables: Variables, key: string, each: ModuleTable): TableFacts {
  const name = `${variables.project_name}-${variables.environment}-${key}`;
  const types = new Map(Object.entries(each.attribute_types ?? {}));
  const keys = [each.partition_key, ...(each.sort_key ? [each.sort_key] : [])];
  const recovery = each.enable_point_in_time_recovery ?? false;
  return {
    name,
    hash_key: each.partition_key,
    range_key: each.sort_key ?? null,
    attribute: Object.fromEntries(keys.map((attribute) => [attribute, types.get(attribute) ?? "S"])),
    billing_mode: each.billing_mode ?? "PAY_PER_REQUEST",
    read_capacity: null,
    write_capacity: null,
    ttl: each.enable_ttl ? (each.ttl_attribute ?? "ttl") : null,
    point_in_time_recovery: recovery,
    // The module names no period; 35 days is AWS's default.
    recovery_period_in_days: recovery ? 35 : null,
    server_side_encryption: "aws/dynamodb",
    stream_view_type: each.enable_stream ? (each.stream_view_type ?? "NEW_AND_OLD_IMAGES") : null,
    table_class: "STANDARD",
    deletion_protection_enabled: false,
    indexes: [],
    tags: {
      ...variables.tags,
      Name: name,
      Purpose: each.purpose ?? "Application Data Storage",
      Type: each.type ?? "key-value",
    },
  };
}

/** The ARN of the AWS managed key: what a table gets that asks for encryption and names no key. */
export async function awsManagedKey(client: DynamoDBClient): Promise<string> {
  const { TableDescription: table } = await client.send(
    new CreateTableCommand({
      TableName: "encrypted-with-the-aws-managed-key",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      SSESpecification: { Enabled: true },
    }),
  );
  return table!.SSEDescription!.KMSMasterKeyArn!;
}

/** What AWS says of a table, through the four reads that a plan of Terraform makes. */
export async function readTable(
  client: DynamoDBClient,
  name: string,
  managedKeyArn: string,
): Promise<{ facts: TableFacts; arn: string; streamArn: string | null; status: string }> {
  const [{ Table: table }, ttl, backups] = await Promise.all([
    client.send(new DescribeTableCommand({ TableName: name })),
    client.send(new DescribeTimeToLiveCommand({ TableName: name })),
    client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
  ]);
  const { Tags, NextToken } = await client.send(
    new ListTagsOfResourceCommand({ ResourceArn: table?.TableArn }),
  );
  if (!table?.TableArn || NextToken) throw new Error(`Not the answers of one table: ${name}`);
  const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const time = ttl.TimeToLiveDescription;
  const ttlOn = ["ENABLING", "ENABLED"].includes(time?.TimeToLiveStatus ?? "");
  const facts = {
    ...describedFacts(table, managedKeyArn),
    ttl: ttlOn ? (time?.AttributeName ?? null) : null,
    point_in_time_recovery: recovery?.PointInTimeRecoveryStatus === "ENABLED",
    recovery_period_in_days: recovery?.RecoveryPeriodInDays ?? null,
    tags: Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value])),
  };
  const streamArn = table.StreamSpecification?.StreamEnabled ? (table.LatestStreamArn ?? null) : null;
  return { facts, arn: table.TableArn, streamArn, status: table.TableStatus ?? "" };
}

function describedFacts(table: TableDescription, managedKeyArn: string) {
  const keyOf = (kind: string) =>
    table.KeySchema?.find((element) => element.KeyType === kind)?.AttributeName ?? null;
  const { StreamSpecification: stream, SSEDescription: sse } = table;
  return {
    name: table.TableName ?? "",
    hash_key: keyOf("HASH") ?? "",
    range_key: keyOf("RANGE"),
    attribute: Object.fromEntries(
      (table.AttributeDefinitions ?? []).map((one) => [one.AttributeName, one.AttributeType]),
    ),
    // AWS leaves the summary out for a table that was made provisioned.
    billing_mode: table.BillingModeSummary?.BillingMode ?? "PROVISIONED",
    read_capacity: table.ProvisionedThroughput?.ReadCapacityUnits || null,
    write_capacity: table.ProvisionedThroughput?.WriteCapacityUnits || null,
    server_side_encryption: sse?.Status === "ENABLED" ? keyName(sse.KMSMasterKeyArn, managedKeyArn) : null,
    stream_view_type: stream?.StreamEnabled ? (stream.StreamViewType ?? "") : null,
    table_class: table.TableClassSummary?.TableClass ?? "STANDARD",
    deletion_protection_enabled: table.DeletionProtectionEnabled ?? false,
    indexes: [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
      (index) => index.IndexName ?? "",
    ),
  };
}

function keyName(arn: string | undefined, managedKeyArn: string): string {
  return arn === managedKeyArn ? "aws/dynamodb" : (arn ?? "");
}

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const textOf = (extra: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters, ...extra), minLength, maxLength });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Maybe<T>> =>
  fc.oneof(
    { weight: 3, arbitrary },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

const attributeName = fc.oneof(
  { weight: 4, arbitrary: textOf("ABC_0123456789", 1, 20) },
  { weight: 2, arbitrary: fc.constantFrom("ttl", "timestamp", "expires_at", "constructor") },
  { weight: 1, arbitrary: textOf("é名.-:/ #$", 1, 12) },
);

/** Every option of the module, of which a table is put together that the portal accepts too. */
const options = fc.record({
  names: fc.uniqueArray(attributeName, { minLength: 3, maxLength: 3 }),
  sorted: fc.boolean(),
  noSortKey: fc.constantFrom(null, undefined),
  types: fc.tuple(
    fc.constantFrom("S", "N", "B", undefined, undefined),
    fc.constantFrom("S", "N", "B", undefined),
  ),
  type: maybe(fc.constantFrom("key-value" as const, "time-series" as const)),
  billing_mode: maybe(fc.constant("PAY_PER_REQUEST" as const)),
  enable_ttl: maybe(fc.boolean()),
  ttlName: fc.constantFrom(0, 1, 2, 2, 2, undefined, null),
  enable_point_in_time_recovery: maybe(fc.boolean()),
  enable_stream: maybe(fc.boolean()),
  stream_view_type: maybe(
    fc.constantFrom(
      "KEYS_ONLY" as const,
      "NEW_IMAGE" as const,
      "OLD_IMAGE" as const,
      "NEW_AND_OLD_IMAGES" as const,
    ),
  ),
  purpose: maybe(textOf("ABC 0123456789+-=._:/é名", 0, 60).filter((text) => !/^aws:/i.test(text))),
});
type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

/**
 * The module lets three things pass that the portal refuses: a time-series table without a sort key, types for
 * attributes that are no keys, and (AWS does that) expiry by a key that is no number.
 */
function tableOf({ names, sorted, noSortKey, types, ttlName, type, ...rest }: Options): ModuleTable {
  const [partition_key, sort_key] = [names[0]!, sorted ? names[1]! : noSortKey];
  const ttl_attribute = typeof ttlName === "number" ? names[ttlName]! : ttlName;
  const keys = sorted ? names.slice(0, 2) : names.slice(0, 1);
  const entries = keys.flatMap((name, index) => {
    const mustBeNumber = rest.enable_ttl === true && (ttl_attribute ?? "ttl") === name;
    const chosen = mustBeNumber ? "N" : types[index];
    return chosen ? [[name, chosen] as const] : [];
  });
  return {
    partition_key,
    sort_key,
    attribute_types: entries.length > 0 ? Object.fromEntries(entries) : noSortKey,
    type: sorted ? type : type && "key-value",
    ttl_attribute,
    ...rest,
  };
}

export const moduleTableArbitrary: fc.Arbitrary<ModuleTable> = options.map(tableOf);

const key = fc
  .tuple(textOf("ABC0123456789", 1, 1), textOf("ABC0123456789_.-", 0, 30))
  .map((parts) => parts.join(""));

/** The module's variable `tables`: one to four tables by key. */
export const moduleTablesArbitrary: fc.Arbitrary<Record<string, ModuleTable>> = fc
  .uniqueArray(
    fc.tuple(fc.oneof({ weight: 9, arbitrary: key }, fc.constant("k".repeat(200))), moduleTableArbitrary),
    {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    },
  )
  .map((entries) => Object.fromEntries(entries));
