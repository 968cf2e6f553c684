import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { getOutputs } from "#lib/requests/page-queries.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import {
  awsManagedKey,
  type ModuleTable,
  moduleTable,
  moduleTableArbitrary,
  moduleTablesArbitrary,
  readTable,
} from "./module-expectation.fixture.ts";
import { requestIn, useWorker } from "./scenario.fixture.ts";

useTestConfig();
useTestDatabase();
const running = useWorker();

const seed = 20_260_301;
const account = "000000000000";
let client: DynamoDBClient;
let managedKey: string;
let pat: UserActor;

beforeAll(async () => {
  client = new DynamoDBClient({
    endpoint: running.sandbox.url,
    region: "us-east-1",
    credentials: { accessKeyId: account, secretAccessKey: "not-verified" },
  });
  managedKey = await awsManagedKey(client);
  pat = await makeActor("platform");
});
afterAll(() => client.destroy());

/** As the module's caller has them in `local.common_tags`, with what the environment adds. */
const callersTags = (environment: string): Record<string, string> => ({
  Project: "shop",
  Environment: environment,
  ManagedBy: "Tablewright",
  ...(environment === "dev" && { CostCenter: "1234" }),
});

type Tables = Record<string, ModuleTable & { read_capacity?: number; write_capacity?: number }>;

/** Asks for the tables, has them approved where the rule wants somebody, and waits for the end. */
async function provision(environment: string, tables: Tables): Promise<RequestView> {
  const id = await makeRequest(running.dana, { environment, tables });
  if (environment !== "dev") await approveRequest(pat, { id, version: 1 });
  return requestIn(running.dana, id, ["completed", "failed"], 90);
}

/** What AWS says of these tables, by key, without the one tag that is Tablewright's own. */
async function found({ tables }: RequestView) {
  const read = await Promise.all(
    tables.map(async ({ key, name, table_id }) => {
      const table = await readTable(client, name, managedKey);
      const { "tablewright:table-id": mark, ...tags } = table.facts.tags;
      expect(mark).toBe(table_id);
      return [key, { ...table, facts: { ...table.facts, tags } }] as const;
    }),
  );
  return new Map(read);
}

function expected(environment: string, tables: Tables) {
  const variables = { project_name: "shop", environment, tags: callersTags(environment) };
  return Object.entries(tables).map(([key, table]) => [key, moduleTable(variables, key, table)] as const);
}

describe(`200 generated \`tables\` maps of the module's options (fast-check seed ${seed})`, () => {
  const maps = fc
    .sample(moduleTablesArbitrary, { numRuns: 200, seed })
    // Keys must not meet across requests: the names of all are in one account and region.
    .map((tables, index) =>
      Object.fromEntries(Object.entries(tables).map(([key, table]) => [`${index}-${key}`, table])),
    );
  let requests: RequestView[];

  beforeAll(async () => {
    requests = [];
    for (let from = 0; from < maps.length; from += 50) {
      const round = maps.slice(from, from + 50);
      requests.push(...(await Promise.all(round.map((tables) => provision("dev", tables)))));
    }
  }, 180_000);

  it("try every value of every option", () => {
    const tables = maps.flatMap(Object.values) as Record<string, unknown>[];
    const tried = (option: string) => new Set(tables.map((table) => table[option] ?? null));
    expect(tried("type")).toEqual(new Set(["key-value", "time-series", null]));
    expect(tried("stream_view_type").size).toBe(5);
    for (const flag of ["enable_ttl", "enable_point_in_time_recovery", "enable_stream"]) {
      expect(tried(flag)).toEqual(new Set([true, false, null]));
    }
    expect(new Set(tables.flatMap((table) => Object.values(table.attribute_types ?? {})))).toEqual(
      new Set(["S", "N", "B"]),
    );
    expect(tried("purpose").size).toBeGreaterThan(100);
  });

  it("are all provisioned", () => {
    const unfinished = requests.filter(({ state }) => state !== "completed");
    expect(unfinished.map(({ tables }) => tables.map(({ spec, problem }) => ({ spec, problem })))).toEqual(
      [],
    );
    expect(requests.flatMap(({ tables }) => tables).every(({ state }) => state === "active")).toBe(true);
  });

  it("become the tables that the module would have made", async () => {
    for (const [index, request] of requests.entries()) {
      const live = await found(request);
      for (const [key, facts] of expected("dev", maps[index]!)) {
        expect(live.get(key)?.facts, JSON.stringify(maps[index]![key])).toEqual(facts);
        expect(live.get(key)?.status).toBe("ACTIVE");
      }
      expect(live.size).toBe(Object.keys(maps[index]!).length);
    }
  });

  it("have the module's four outputs", async () => {
    for (const request of requests) {
      const outputs = await getOutputs(running.dana, { id: request.id });
      const live = [...(await found(request))];
      const output = <T>(value: (table: (typeof live)[number][1]) => T) =>
        Object.fromEntries(live.map(([key, table]) => [key, value(table)]));
      expect(outputs).toEqual({
        table_names: output(({ facts }) => facts.name),
        table_arns: output(({ arn }) => arn),
        table_stream_arns: output(({ streamArn }) => streamArn),
        tables: output(({ facts, arn, streamArn }) => ({ name: facts.name, arn, stream_arn: streamArn })),
      });
    }
  });

  it("leave nothing else in the account", () => {
    const made = running.sandbox.tables().map((table) => table.name);
    expect(made.length).toBe(maps.flatMap(Object.keys).length + 1);
    const created = running.sandbox.calls.filter(({ operation }) => operation === "CreateTable");
    expect(created.length).toBe(made.length);
  });
});

describe("what the module declares and does not do", () => {
  it("encrypts with the customer key that is named, in every form a key is named", async () => {
    const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
    const arn = `arn:aws:kms:us-east-1:${account}:key/${id}`;
    const [table] = fc.sample(moduleTableArbitrary, { numRuns: 1, seed });
    const tables: Tables = {
      "by-id": { ...table!, kms_key_id: id },
      "by-arn": { ...table!, kms_key_id: arn },
      "by-alias": { ...table!, kms_key_id: "alias/orders" },
      "by-alias-arn": { ...table!, kms_key_id: `arn:aws:kms:us-east-1:${account}:alias/orders` },
    };
    const request = await provision("dev", tables);
    expect(request.state).toBe("completed");
    const live = await found(request);
    const aliased = live.get("by-alias")!.facts.server_side_encryption;
    expect(aliased).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\//);
    expect(aliased).not.toBe(managedKey);
    for (const [key, facts] of expected("dev", tables)) {
      expect(live.get(key)!.facts).toEqual({
        ...facts,
        server_side_encryption: key.startsWith("by-alias") ? aliased : arn,
      });
    }
  });

  it("provisions capacity, which the module has no variables for", async () => {
    const capacity = fc.integer({ min: 1, max: 10_000 });
    const chosen = fc.sample(fc.tuple(moduleTableArbitrary, capacity, capacity), { numRuns: 20, seed });
    const tables: Tables = Object.fromEntries(
      chosen.map(([table, read_capacity, write_capacity], index) => [
        `provisioned-${index}`,
        { ...table, billing_mode: "PROVISIONED", read_capacity, write_capacity },
      ]),
    );
    const request = await provision("stage", tables);
    expect(request.state).toBe("completed");
    const live = await found(request);
    for (const [key, facts] of expected("stage", tables)) {
      const { read_capacity, write_capacity } = tables[key]!;
      expect(live.get(key)!.facts).toEqual({ ...facts, read_capacity, write_capacity });
    }
  });
});
