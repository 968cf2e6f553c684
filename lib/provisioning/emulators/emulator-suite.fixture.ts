import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getOutputs } from "#lib/requests/page-queries.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import { specArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import type { Facet } from "../observed.ts";
import {
  encryptedTables,
  moduleExample,
  provisionedTable,
  richTable,
  type useEmulator,
} from "./emulator-scenario.fixture.ts";

type Emulator = ReturnType<typeof useEmulator>;

/** What one emulator does its own way. */
export type Peculiarities = {
  /** How its tables' ARNs begin; they are handed out as they are. */
  arnPrefix: string;
  /** What it lacks, for any table at all. */
  always: Facet[];
  /** What else it lacks, by the table that shows it. */
  moreFor: Record<string, Facet[]>;
};

const seed = 20_260_303;

/** By key: the state, the problem, and what the endpoint does not support. */
const fates = (request: RequestView) =>
  Object.fromEntries(request.tables.map(({ key, ...table }) => [key, [table.state, table.problem]]));
const allActive = (tables: object) =>
  Object.fromEntries(Object.keys(tables).map((key) => [key, ["active", null]]));
const unsupported = (request: RequestView) =>
  Object.fromEntries(request.tables.map((table) => [table.key, table.unsupported]));
const stepsOf = (request: RequestView, key: string) =>
  request.tables
    .find((table) => table.key === key)!
    .steps.map(({ call, state, attempts }) => [call, state, attempts]);

/** What holds on every emulator. */
export function describeTables(emulator: Emulator, its: Peculiarities) {
  const { running, provision } = emulator;
  const lacks = (tables: object) =>
    Object.fromEntries(
      Object.keys(tables).map((key) => [key, [...its.always, ...(its.moreFor[key] ?? [])].sort()]),
    );
  const optional = (key: string, facet: Facet, call: string) =>
    lacks({ [key]: {} })[key]!.includes(facet) ? [call, "unsupported", 0] : [call, "done", 1];

  describe("tables by `endpoint:` alone", () => {
    it("the module's three become active, with all four outputs", async () => {
      const request = await provision(moduleExample);
      expect(fates(request)).toEqual(allActive(moduleExample));
      expect(request.state).toBe("completed");
      expect(unsupported(request)).toEqual(lacks(moduleExample));
      expect(stepsOf(request, "events")).toEqual([
        ["CreateTable", "done", 1],
        optional("events", "ttl", "UpdateTimeToLive"),
      ]);
      expect(stepsOf(request, "user-data")).toEqual([
        ["CreateTable", "done", 1],
        optional("user-data", "point_in_time_recovery", "UpdateContinuousBackups"),
      ]);

      const outputs = await getOutputs(running.dana, { id: request.id });
      const live = await described(running.stranger, "shop-dev-events");
      const arn = (key: string) => `${its.arnPrefix}:table/shop-dev-${key}`;
      expect(live).toMatchObject({ TableArn: arn("events"), LatestStreamArn: expect.any(String) });
      const output = (key: string, stream_arn: string | null) => ({
        name: `shop-dev-${key}`,
        arn: arn(key),
        stream_arn,
      });
      const tables = {
        "user-data": output("user-data", null),
        events: output("events", live.LatestStreamArn!),
        sessions: output("sessions", null),
      };
      const column = (field: "name" | "arn" | "stream_arn") =>
        Object.fromEntries(Object.entries(tables).map(([key, table]) => [key, table[field]]));
      expect(outputs).toEqual({
        table_names: column("name"),
        table_arns: column("arn"),
        table_stream_arns: column("stream_arn"),
        tables,
      });
    });

    it("what was asked for is there for somebody else's client", async () => {
      expect(await described(running.stranger, "shop-dev-events")).toMatchObject({
        KeySchema: [
          { AttributeName: "event_type", KeyType: "HASH" },
          { AttributeName: "timestamp", KeyType: "RANGE" },
        ],
        AttributeDefinitions: expect.arrayContaining([
          { AttributeName: "event_type", AttributeType: "S" },
          { AttributeName: "timestamp", AttributeType: "N" },
        ]),
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      });
      const ttl = await running.stranger.send(
        new DescribeTimeToLiveCommand({ TableName: "shop-dev-sessions" }),
      );
      expect(ttl.TimeToLiveDescription).toEqual({
        AttributeName: "expires_at",
        TimeToLiveStatus: "ENABLED",
      });
    });

    it("one with everything becomes active, less what is not supported", async () => {
      const tables = { rich: richTable, provisioned: provisionedTable };
      const request = await provision(tables);
      expect(fates(request)).toEqual(allActive(tables));
      expect(unsupported(request)).toEqual(lacks(tables));
      const indexes = (list: { IndexName?: string }[] | undefined) =>
        list?.map((one) => one.IndexName).sort();
      const rich = await described(running.stranger, "shop-dev-rich");
      expect(indexes(rich.GlobalSecondaryIndexes)).toEqual(["by-region", "by-status"]);
      expect(indexes(rich.LocalSecondaryIndexes)).toEqual(["by-customer-status"]);
      expect(rich).toMatchObject({
        StreamSpecification: { StreamViewType: "KEYS_ONLY" },
        DeletionProtectionEnabled: true,
      });
      expect(await described(running.stranger, "shop-dev-provisioned")).toMatchObject({
        ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 3 },
        GlobalSecondaryIndexes: [{ ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 } }],
      });
    });

    it("every kind of encryption key may be asked for", async () => {
      const request = await provision(encryptedTables);
      expect(fates(request)).toEqual(allActive(encryptedTables));
      expect(unsupported(request)).toEqual(lacks(encryptedTables));
    });
  });
}

/** Whatever the wizard and the API let through, within what both emulators can hold. */
export function describeAnything({ provision }: Emulator, its: Peculiarities) {
  it(`any 30 tables that can be asked for become active (fast-check seed ${seed})`, {
    timeout: 60_000,
  }, async () => {
    const specs = fc.sample(specArbitrary, { numRuns: 30, seed }).map(modest);
    const tables = Object.fromEntries(specs.map((spec, index) => [`any-${index}`, spec]));
    const request = await provision(tables);
    expect(fates(request)).toEqual(allActive(tables));
    const possible = new Set<string>([...its.always, ...Object.values(its.moreFor).flat()]);
    const met = new Set(request.tables.flatMap((table) => table.unsupported));
    expect([...met].filter((facet) => !possible.has(facet))).toEqual([]);
  });
}

type Spec = typeof specArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** DynamoDB Local gives 80,000 units to all tables together, and takes a cap on reads only with one on writes. */
function modest(spec: Spec): Spec {
  const few = (units: number | null) => units && ((units - 1) % 50) + 1;
  const capped = spec.max_read_request_units !== null && spec.max_write_request_units !== null;
  return {
    ...spec,
    read_capacity: few(spec.read_capacity),
    write_capacity: few(spec.write_capacity),
    max_read_request_units: capped ? few(spec.max_read_request_units) : null,
    max_write_request_units: capped ? few(spec.max_write_request_units) : null,
    global_secondary_indexes: Object.fromEntries(
      Object.entries(spec.global_secondary_indexes).map(([name, index]) => [
        name,
        { ...index, read_capacity: few(index.read_capacity), write_capacity: few(index.write_capacity) },
      ]),
    ),
  };
}

async function described(client: DynamoDBClient, name: string) {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
  return table!;
}

/** The table that `{ partition_key: "id" }` asks for, made by somebody else. */
export const foreignTable = (
  name: string,
  changes: Partial<CreateTableCommandInput> = {},
): CreateTableCommand =>
  new CreateTableCommand({
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    ...changes,
  });

/** Whose a table is: through a proxy that loses answers and lets others come first. */
export function describeOwnership(
  { running, provision }: Emulator,
  comesFirst: Partial<CreateTableCommandInput>,
) {
  const writes = (table: string) =>
    running.proxy.calls
      .filter((call) => call.table === table && !/^(Describe|List)/.test(call.operation))
      .map(({ operation, status }) => [operation, status]);

  const expectRefused = async (request: RequestView, name: string, before: object) => {
    expect(request.state).toBe("failed");
    expect(request.tables[0]!.problem).toMatch(/is taken.*was not touched/);
    expect(await described(running.stranger, name)).toEqual(before);
  };

  describe("whose table it is", () => {
    it("one made before ours is refused and not touched", async () => {
      const name = "shop-faulty-foreign";
      await running.stranger.send(foreignTable(name));
      const before = await described(running.stranger, name);
      const request = await provision({ foreign: { partition_key: "id", enable_ttl: true } }, "faulty");
      await expectRefused(request, name, before);
      expect(writes(name)).toEqual([]);
    });

    it("one that comes between our look and our call is refused and not touched", async () => {
      const name = "shop-faulty-overtaken";
      let before: object = {};
      running.proxy.after("DescribeTable", name, async () => {
        await running.stranger.send(foreignTable(name, comesFirst));
        before = await described(running.stranger, name);
      });
      const request = await provision({ overtaken: { partition_key: "id", enable_ttl: true } }, "faulty");
      await expectRefused(request, name, before);
      expect(writes(name)).toEqual([["CreateTable", 400]]);
    });

    it("one whose creation was carried out and never answered is recognised as ours", async () => {
      const name = "shop-faulty-lost";
      running.proxy.loseAnswer("CreateTable", name);
      const request = await provision({ lost: { partition_key: "id", enable_ttl: true } }, "faulty");
      expect(fates(request)).toEqual({ lost: ["active", null] });
      expect(stepsOf(request, "lost")).toEqual([
        ["CreateTable", "done", 1],
        ["UpdateTimeToLive", "done", 1],
      ]);
      expect(writes(name)).toEqual([
        ["CreateTable", 200],
        ["UpdateTimeToLive", 200],
      ]);
    });

    it("a change whose answer was lost is made once", async () => {
      const name = "shop-faulty-lost-ttl";
      running.proxy.loseAnswer("UpdateTimeToLive", name);
      const request = await provision({ "lost-ttl": { partition_key: "id", enable_ttl: true } }, "faulty");
      expect(fates(request)).toEqual({ "lost-ttl": ["active", null] });
      expect(writes(name)).toEqual([
        ["CreateTable", 200],
        ["UpdateTimeToLive", 200],
      ]);
    });
  });
}
