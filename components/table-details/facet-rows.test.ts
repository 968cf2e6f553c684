import { describe, expect, test } from "vitest";
import { facetRows } from "#components/table-details/facet-rows.ts";
import { tableHistory } from "#components/table-details/table-history.ts";
import type { ObservedTable } from "#lib/provisioning/observed.ts";
import type { RequestEventView } from "#lib/requests/schema.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import type { TableView } from "#lib/tables/schema.ts";

const spec = (input: Omit<TableSpecInput, "partition_key"> = {}) =>
  tableSpecSchema.parse({ partition_key: "id", ...input });

const observedTable = (change: Partial<ObservedTable> = {}): ObservedTable => ({
  exists: true,
  tableStatus: "ACTIVE",
  tableId: null,
  createdAt: null,
  arn: "arn:aws:dynamodb:us-east-1:000000000000:table/t",
  keys: { partitionKey: "id", sortKey: null },
  attributes: [{ name: "id", type: "S" }],
  billingMode: "PAY_PER_REQUEST",
  readCapacity: null,
  writeCapacity: null,
  maxReadRequestUnits: null,
  maxWriteRequestUnits: null,
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
  stream: { enabled: false, viewType: null, arn: null, label: null },
  encryption: { type: "kms", status: "ENABLED", kmsKeyArn: "arn:aws:kms:us-east-1:000000000000:key/1" },
  tableClass: "STANDARD",
  deletionProtection: false,
  ttl: { status: "DISABLED", attribute: null },
  backups: { status: "DISABLED", days: null, earliest: null, latest: null },
  tags: {},
  unsupportedReads: [],
  itemCount: 0,
  sizeBytes: 0,
  ...change,
});

const tableOf = (approved: TableView["spec"], observed: ObservedTable | null, unsupported: string[] = []) =>
  ({
    spec: approved,
    unsupported,
    ttl: { status: observed?.ttl?.status ?? null, attribute: observed?.ttl?.attribute ?? null },
    point_in_time_recovery: observed?.backups ?? { status: null, days: null, earliest: null, latest: null },
    encryption: {
      type: observed ? (observed.encryption.type === "kms" ? "aws_managed" : "aws_owned") : null,
      status: observed?.encryption.status ?? null,
      kms_key_arn: observed?.encryption.kmsKeyArn ?? null,
    },
  }) as unknown as TableView;

const verdicts = (approved: TableView["spec"], observed: ObservedTable | null, unsupported: string[] = []) =>
  Object.fromEntries(
    facetRows(tableOf(approved, observed, unsupported), observed).map(({ id, verdict }) => [id, verdict]),
  );

describe("as approved, as found", () => {
  test("a table that is as asked is the same in everything", () => {
    expect(new Set(Object.values(verdicts(spec(), observedTable())))).toEqual(new Set(["same"]));
  });

  test("nothing is claimed of a table that nobody has read", () => {
    expect(new Set(Object.values(verdicts(spec(), null)))).toEqual(new Set(["unread"]));
  });

  test("every setting that is otherwise differs, and only that one", () => {
    const changes: [string, Partial<ObservedTable>][] = [
      ["billing", { billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 5 }],
      ["billing", { maxReadRequestUnits: 10 }],
      ["stream", { stream: { enabled: true, viewType: "NEW_IMAGE", arn: "a", label: "l" } }],
      ["ttl", { ttl: { status: "ENABLED", attribute: "ttl" } }],
      ["point_in_time_recovery", { backups: { status: "ENABLED", days: 7, earliest: null, latest: null } }],
      ["encryption", { encryption: { type: "aws_owned", status: null, kmsKeyArn: null } }],
      ["deletion_protection", { deletionProtection: true }],
      ["table_class", { tableClass: "STANDARD_INFREQUENT_ACCESS" }],
    ];
    for (const [facet, change] of changes) {
      const found = verdicts(spec(), observedTable(change));
      expect(Object.entries(found).filter(([, verdict]) => verdict !== "same")).toEqual([[facet, "differs"]]);
    }
  });

  test("TTL that is being switched on is the same already, and says so", () => {
    const observed = observedTable({ ttl: { status: "ENABLING", attribute: "ttl" } });
    const approved = spec({ enable_ttl: true });
    const row = facetRows(tableOf(approved, observed), observed).find(({ id }) => id === "ttl");
    expect(row).toMatchObject({ verdict: "same", found: "on ttl" });
    expect(row?.notes[0]).toContain("being switched on");
  });

  test("what an endpoint lacks is not called a difference", () => {
    const observed = observedTable({ ttl: null });
    expect(verdicts(spec({ enable_ttl: true }), observed, ["ttl"]).ttl).toBe("unsupported");
  });

  test("indexes are compared by name, with projected attributes in any order", () => {
    const index = {
      partition_key: "status",
      projection_type: "INCLUDE" as const,
      non_key_attributes: ["b", "a"],
    };
    const found = {
      name: "by-status",
      status: "CREATING",
      partitionKey: "status",
      sortKey: null,
      projectionType: "INCLUDE",
      nonKeyAttributes: ["a", "b"],
      readCapacity: null,
      writeCapacity: null,
    };
    const approved = spec({ global_secondary_indexes: { "by-status": index, gone: index } });
    const observed = observedTable({ globalSecondaryIndexes: [found, { ...found, name: "strange" }] });
    const rows = facetRows(tableOf(approved, observed), observed).filter(({ id }) => id.startsWith("global"));
    expect(rows.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["global_secondary_indexes by-status", "same"],
      ["global_secondary_indexes gone", "differs"],
      ["global_secondary_indexes strange", "differs"],
    ]);
    expect(rows[0]?.notes).toEqual(["status CREATING"]);
  });
});

test("a table's history holds what happened to it and to the whole request, not to its neighbours", () => {
  const event = (name: string, data: Record<string, unknown>): RequestEventView => ({
    at: "2026-11-22T20:40:12.000Z",
    actor: "system",
    actor_name: "Tablewright",
    event: name,
    comment: null,
    version: 1,
    data,
  });
  const events = [
    event("request.submit", {}),
    event("request.comment", {}),
    event("table.create", { name: "a" }),
    event("table.create", { name: "b" }),
    event("request.retry", { tables: ["b"] }),
  ];
  expect(tableHistory("a", events).map(({ event: name }) => name)).toEqual([
    "request.submit",
    "table.create",
  ]);
});
