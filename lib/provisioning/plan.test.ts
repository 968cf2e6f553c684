import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absentFacets, done, encryptionType, settled, stuck, unmet } from "./completion.ts";
import { keysMatch, mismatches } from "./mismatches.ts";
import { facets, type ObservedTable, observedSchema } from "./observed.ts";
import { afterCall, anySpec, completeSpec, desiredTable } from "./plan.arbitrary.ts";
import { type Desired, plan } from "./plan.ts";

const nothing = { exists: false } as const;

/** Runs the first call of the plan, observes, and plans again, as a worker does. */
function converge(desired: Desired): { live: ObservedTable | null; calls: string[] } {
  let live: ObservedTable | null = null;
  const calls: string[] = [];
  for (let next = plan(desired, nothing)[0]; next; next = plan(desired, live!)[0]) {
    if (calls.length > 5) throw new Error(`does not converge: ${calls.join(", ")}`);
    live = afterCall(live, next);
    calls.push(next.call);
  }
  return { live, calls };
}

const created = (desired: Desired): ObservedTable => afterCall(null, plan(desired, nothing)[0]!);

describe("plan", () => {
  test("of any spec ends with nothing to do, done, and nothing absent or different", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const desired = { name: "shop-dev-orders", spec, tags: { a: "b" }, unsupported: [] };
        const { live } = converge(desired);
        expect(plan(desired, live!)).toEqual([]);
        expect(absentFacets(desired, live!)).toEqual([]);
        expect(mismatches(desired, live!)).toEqual([]);
        expect(keysMatch(spec, live!)).toBe(true);
        expect(done(desired, live!)).toBe(true);
      }),
    );
  });

  test("that is shown before anything exists is what runs, call by call", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const desired = { name: "n", spec, tags: {}, unsupported: [] };
        expect(converge(desired).calls).toEqual(plan(desired, nothing).map((call) => call.call));
      }),
    );
  });

  test("defines exactly the attributes that keys use, once each, sorted", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const call = plan({ name: "n", spec, tags: {}, unsupported: [] }, nothing)[0]!;
        if (call.call !== "CreateTable") throw new Error("the first call must create");
        const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = call.input;
        const used = [
          KeySchema,
          ...[...(GlobalSecondaryIndexes ?? []), ...(LocalSecondaryIndexes ?? [])].map((i) => i.KeySchema),
        ]
          .flat()
          .map((key) => key.AttributeName);
        expect(AttributeDefinitions.map((a) => a.AttributeName)).toEqual([...new Set(used)].sort());
      }),
    );
  });

  test("and what was observed survive a trip through JSON", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        const desired = { name: "n", spec, tags: { a: "b" }, unsupported: [] };
        const calls = plan(desired, nothing);
        expect(JSON.parse(JSON.stringify(calls))).toEqual(calls);
        const live = created(desired);
        expect(observedSchema.parse(JSON.parse(JSON.stringify(live)))).toEqual(live);
      }),
    );
  });

  test("of the module's time-series example is the table the module makes", () => {
    const desired = desiredTable({
      partition_key: "event_type",
      sort_key: "timestamp",
      type: "time-series",
      attribute_types: { event_type: "S", timestamp: "N" },
      enable_ttl: true,
      enable_stream: true,
      enable_point_in_time_recovery: true,
    });
    expect(plan(desired, nothing)).toEqual([
      {
        call: "CreateTable",
        input: {
          TableName: "shop-dev-orders",
          KeySchema: [
            { AttributeName: "event_type", KeyType: "HASH" },
            { AttributeName: "timestamp", KeyType: "RANGE" },
          ],
          AttributeDefinitions: [
            { AttributeName: "event_type", AttributeType: "S" },
            { AttributeName: "timestamp", AttributeType: "N" },
          ],
          BillingMode: "PAY_PER_REQUEST",
          StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
          SSESpecification: { Enabled: true },
          Tags: [
            { Key: "Project", Value: "shop" },
            { Key: "tablewright:table-id", Value: "t-1" },
          ],
        },
        summary:
          "Create the table with keys event_type (S) and timestamp (N), on-demand billing, a stream of new and old images, encryption with the AWS managed key, 2 tags",
      },
      {
        call: "UpdateTimeToLive",
        input: {
          TableName: "shop-dev-orders",
          TimeToLiveSpecification: { Enabled: true, AttributeName: "ttl" },
        },
        summary: "Let items expire at the time in their attribute ttl (time to live)",
        facet: "ttl",
      },
      {
        call: "UpdateContinuousBackups",
        input: {
          TableName: "shop-dev-orders",
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        },
        summary: "Turn on point-in-time recovery, back to any second of the last 35 days",
        facet: "point_in_time_recovery",
      },
    ]);
  });

  test("carries everything else that CreateTable can in the one call", () => {
    const call = plan(
      desiredTable({
        sort_key: "at",
        attribute_types: { at: "N" },
        billing_mode: "PROVISIONED",
        read_capacity: 5,
        write_capacity: 1,
        encryption: "customer_managed",
        kms_key_id: "alias/orders",
        table_class: "STANDARD_INFREQUENT_ACCESS",
        deletion_protection: true,
        global_secondary_indexes: {
          "by-owner": {
            partition_key: "owner",
            sort_key: null,
            projection_type: "INCLUDE",
            non_key_attributes: ["z", "a"],
            read_capacity: 2,
            write_capacity: 3,
          },
        },
        local_secondary_indexes: {
          "by-kind": { sort_key: "kind", projection_type: "KEYS_ONLY", non_key_attributes: null },
        },
      }),
      nothing,
    )[0]!;
    expect(call.input).toMatchObject({
      AttributeDefinitions: [
        { AttributeName: "at", AttributeType: "N" },
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "kind", AttributeType: "S" },
        { AttributeName: "owner", AttributeType: "S" },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 1 },
      SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/orders" },
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-owner",
          KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["a", "z"] },
          ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "by-kind",
          KeySchema: [
            { AttributeName: "id", KeyType: "HASH" },
            { AttributeName: "kind", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    });
    expect(call.summary).toBe(
      "Create the table with keys id (S) and at (N), provisioned capacity of 5 read units and 1 write unit, the global secondary index by-owner, the local secondary index by-kind, encryption with the customer key alias/orders, the Standard-Infrequent Access class, deletion protection, 2 tags",
    );
  });

  test("asks for nothing that is off: no stream, no key, no class, no capacity", () => {
    const input = plan(desiredTable({ encryption: "aws_owned" }), nothing)[0]!.input;
    expect(Object.keys(input).sort()).toEqual(
      ["AttributeDefinitions", "BillingMode", "KeySchema", "TableName", "Tags"].sort(),
    );
  });

  test("sends one on-demand maximum alone when only one is asked for", () => {
    expect(plan(desiredTable({ max_read_request_units: 7 }), nothing)[0]!.input).toMatchObject({
      OnDemandThroughput: { MaxReadRequestUnits: 7 },
    });
  });
});

describe("plan of a live table", () => {
  const asked = desiredTable({ enable_ttl: true, enable_point_in_time_recovery: true });
  const live = created(asked);

  test.each(["ENABLING", "ENABLED"])("sends no TTL call while it is %s on that attribute", (status) => {
    const calls = plan(asked, { ...live, ttl: { status, attribute: "ttl" } });
    expect(calls.map((call) => call.call)).toEqual(["UpdateContinuousBackups"]);
  });

  test("sends a recovery call when the days differ, and none when the endpoint does not say", () => {
    const ttl = { status: "ENABLED", attribute: "ttl" };
    const backups = { status: "ENABLED", days: 7, earliest: null, latest: null };
    expect(plan(asked, { ...live, ttl, backups })).toHaveLength(1);
    expect(plan(asked, { ...live, ttl, backups: { ...backups, days: null } })).toEqual([]);
  });

  test("sends nothing for a facet that the endpoint does not support", () => {
    expect(plan({ ...asked, unsupported: ["ttl", "point_in_time_recovery"] }, live)).toEqual([]);
    expect(done({ ...asked, unsupported: ["ttl", "point_in_time_recovery"] }, live)).toBe(true);
  });
});

describe("a table is settled", () => {
  const live = created(desiredTable({ encryption: "aws_managed" }));
  const index = {
    name: "by-owner",
    partitionKey: "owner",
    sortKey: null,
    projectionType: "ALL",
    nonKeyAttributes: [],
    readCapacity: null,
    writeCapacity: null,
  };

  test("only when it, every index and its encryption are at rest", () => {
    expect(settled(live)).toBe(true);
    expect(settled(nothing)).toBe(false);
    expect(settled({ ...live, tableStatus: "UPDATING" })).toBe(false);
    expect(settled({ ...live, globalSecondaryIndexes: [{ ...index, status: "CREATING" }] })).toBe(false);
    expect(settled({ ...live, encryption: { ...live.encryption, status: "UPDATING" } })).toBe(false);
  });

  test("and until then it is not done, with the reason", () => {
    const desired = desiredTable();
    expect(unmet(desired, nothing)).toEqual(["The table is not there yet"]);
    expect(unmet(desired, { ...live, tableStatus: "CREATING" })).toEqual(["The table is CREATING"]);
    expect(unmet(desired, { ...live, globalSecondaryIndexes: [{ ...index, status: "CREATING" }] })).toEqual([
      "The index by-owner is CREATING",
    ]);
  });

  test.each(["INACCESSIBLE_ENCRYPTION_CREDENTIALS", "ARCHIVING", "ARCHIVED"])(
    "never again when %s",
    (status) => {
      expect(stuck({ ...live, tableStatus: status })).toContain(status);
    },
  );

  test.each(["CREATING", "ACTIVE", "DELETING"])("in its own time when %s", (status) => {
    expect(stuck({ ...live, tableStatus: status })).toBeNull();
  });
});

describe("a setting that was accepted and is not there", () => {
  const awkwardName: string = "constructor";
  const asked = desiredTable({
    sort_key: "at",
    enable_stream: true,
    deletion_protection: true,
    table_class: "STANDARD_INFREQUENT_ACCESS",
    max_read_request_units: 5,
    global_secondary_indexes: {
      [awkwardName]: {
        partition_key: "owner",
        sort_key: null,
        projection_type: "ALL",
        non_key_attributes: null,
        read_capacity: null,
        write_capacity: null,
      },
    },
    local_secondary_indexes: {
      "by-kind": { sort_key: "kind", projection_type: "ALL", non_key_attributes: null },
    },
  });
  const bare: ObservedTable = {
    ...created(desiredTable({ sort_key: "at", encryption: "aws_owned" })),
    tags: {},
  };

  test("is named as absent, and never as different as well", () => {
    expect(absentFacets(asked, bare).sort()).toEqual(
      facets.filter((facet) => facet !== "ttl" && facet !== "point_in_time_recovery").sort(),
    );
    expect(mismatches(asked, bare)).toEqual([]);
  });

  test("is not asked about again once it is known as unsupported", () => {
    const known = { ...asked, unsupported: [...facets] };
    expect(absentFacets(known, bare)).toEqual([]);
    expect(done(known, bare)).toBe(true);
  });

  test("is not judged for tags that were not read", () => {
    expect(absentFacets(asked, { ...bare, tags: null })).not.toContain("tags");
  });
});

describe("a live table is not the one asked for", () => {
  const asked = desiredTable({ sort_key: "at", attribute_types: { at: "N" } });
  const live = created(asked);

  test("when a key or its type differs", () => {
    expect(keysMatch(asked.spec, live)).toBe(true);
    expect(keysMatch(completeSpec({ sort_key: "at" }), live)).toBe(false);
    expect(keysMatch(completeSpec(), live)).toBe(false);
    expect(keysMatch(asked.spec, { ...live, keys: null })).toBe(false);
    expect(keysMatch(asked.spec, nothing)).toBe(false);
  });

  test("and each difference says where, what was wanted and what was found", () => {
    const found = { ...live, billingMode: "PROVISIONED" as const, readCapacity: 5, writeCapacity: 5 };
    expect(mismatches(asked, found)).toEqual([
      { path: "/billing_mode", wanted: "PAY_PER_REQUEST", found: "PROVISIONED" },
      { path: "/read_capacity", wanted: null, found: 5 },
      { path: "/write_capacity", wanted: null, found: 5 },
    ]);
  });

  test("when it has an index nobody asked for", () => {
    const withIndex = created(
      desiredTable({
        sort_key: "at",
        attribute_types: { at: "N" },
        local_secondary_indexes: {
          "a.b": { sort_key: "kind", projection_type: "ALL", non_key_attributes: null },
        },
      }),
    );
    expect(mismatches(asked, withIndex).map(({ path }) => path)).toEqual(["/local_secondary_indexes/a.b"]);
  });
});

describe("a customer key", () => {
  const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
  const keyArn = `arn:aws:kms:us-east-1:000000000000:key/${id}`;
  const other = "arn:aws:kms:us-east-1:000000000000:key/00000000-12ab-34cd-56ef-1234567890ab";
  test.each([
    ["an alias is never compared with an ARN", "alias/orders", other, true],
    ["nor is an alias ARN", "arn:aws:kms:us-east-1:000000000000:alias/orders", other, true],
    ["an alias echoed by an emulator is a key", id, "alias/orders", true],
    ["an id equals the ARN that ends in it", id, keyArn, true],
    ["an ARN equals itself", keyArn, keyArn, true],
    ["an id differs from another key's ARN", id, other, false],
  ])("%s", (_title, kms_key_id, kmsKeyArn, same) => {
    const asked = desiredTable({ encryption: "customer_managed", kms_key_id });
    const live = created(asked);
    const found = { ...live, encryption: { ...live.encryption, kmsKeyArn } };
    expect(mismatches(asked, found)).toHaveLength(same ? 0 : 1);
    expect(encryptionType(asked.spec, found)).toBe("customer_managed");
  });
});
