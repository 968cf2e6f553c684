import fc from "fast-check";
import { plan } from "#lib/provisioning/plan.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { specArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import type { TableProperties } from "./cloudformation-table.ts";
import { hostileSpecArbitrary } from "./hostile.arbitrary.ts";
import type { SnippetTable } from "./snippet.ts";

/** A table of the project shop in dev that nobody has observed yet, with all its tags. */
export function snippetTable(key: string, input: TableSpecInput, known: Partial<SnippetTable> = {}) {
  const spec = tableSpecSchema.parse(input);
  const name = `shop-dev-${key}`;
  const tags = composeTags({
    spec,
    configTags: { Owner: "platform-team" },
    environmentTags: { CostCenter: "1234" },
    project: "shop",
    environment: "dev",
    name,
    tableId: "0190a0a0-0000-7000-8000-000000000001",
  });
  const account = { account: "000000000000", region: "us-east-1", endpoint: null };
  const unobserved = { arn: null, streamArn: null, kmsKeyArn: null, unsupported: [] };
  const table: SnippetTable = {
    ...{ key, name, project: "shop", environment: "dev", spec, tags },
    ...account,
    ...unobserved,
    ...known,
  };
  return table;
}

/** The three tables of the example in the module's README. */
export const exampleTables = [
  snippetTable("user-data", {
    partition_key: "user_id",
    attribute_types: { user_id: "S" },
    enable_point_in_time_recovery: true,
  }),
  snippetTable("events", {
    partition_key: "event_type",
    sort_key: "timestamp",
    type: "time-series",
    attribute_types: { event_type: "S", timestamp: "N" },
    enable_ttl: true,
    enable_stream: true,
  }),
  snippetTable("sessions", { partition_key: "session_id", enable_ttl: true, ttl_attribute: "expires_at" }),
];

/** The same `count` tables every time: everyday ones and hostile ones, half and half. */
export function generatedTables(count: number): SnippetTable[] {
  const everyday = fc.sample(specArbitrary, { numRuns: count / 2, seed: 2_026 });
  const hostile = fc.sample(hostileSpecArbitrary, { numRuns: count / 2, seed: 2_026 });
  return [...everyday, ...hostile].map((spec, at) => snippetTable(`t${at}`, spec));
}

/** A value of a template with every `Fn::Join` of texts joined, as CloudFormation does. */
export function joined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joined);
  if (typeof value !== "object" || value === null) return value;
  if ("Fn::Join" in value) {
    const [delimiter, parts] = value["Fn::Join"] as [string, string[]];
    return parts.join(delimiter);
  }
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, joined(entry)]));
}

function sseInput({ SSEEnabled, ...key }: NonNullable<TableProperties["SSESpecification"]>) {
  return { Enabled: SSEEnabled, ...key };
}

/**
 * The inputs of the DynamoDB calls with which CloudFormation makes a table of these properties, its defaults filled in,
 * by call.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export function callsOf(properties: unknown): Record<string, unknown> {
  const {
    StreamSpecification: stream,
    SSESpecification: encryption,
    TimeToLiveSpecification: timeToLive,
    PointInTimeRecoverySpecification: recovery,
    ...same
  } = joined(properties) as TableProperties;
  const { TableName } = same;
  return {
    CreateTable: {
      ...same,
      ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
      ...(encryption && { SSESpecification: sseInput(encryption) }),
    },
    ...(timeToLive && { UpdateTimeToLive: { TableName, TimeToLiveSpecification: timeToLive } }),
    ...(recovery && {
      UpdateContinuousBackups: {
        TableName,
        PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 35, ...recovery },
      },
    }),
  };
}

/** The inputs of the calls that were approved for a table, by call, without the two tags that only we write. */
export function approvedCalls({ name, spec, tags }: SnippetTable): Record<string, unknown> {
  const { ManagedBy: _, "tablewright:table-id": __, ...carried } = tags;
  const calls = plan({ name, spec, tags: carried, unsupported: [] }, { exists: false });
  return Object.fromEntries(calls.map(({ call, input }) => [call, input]));
}
