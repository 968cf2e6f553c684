import { type FacetRow, facetRow } from "#components/table-details/facet-row.ts";
import { indexRows } from "#components/table-details/index-rows.ts";
import { spanWords } from "#components/ui/relative-words.ts";
import type { Facet, ObservedTable } from "#lib/provisioning/observed.ts";
import {
  encryptionLabel,
  shownName,
  streamViewTypeLabel,
  tableClassLabel,
} from "#lib/table-spec/describe.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { TableView } from "#lib/tables/schema.ts";

const onOff = (on: boolean) => (on ? "on" : "off");
const dayWords = (days: number) => `${days} ${days === 1 ? "day" : "days"}`;

/** Every setting of a table as approved beside what a worker last found, in the order of the page. */
export function facetRows(table: TableView, observed: ObservedTable | null): FacetRow[] {
  const { spec } = table;
  const lacks = (facet: Facet) => table.unsupported.includes(facet);
  return [
    facetRow({
      id: "billing",
      facet: "Billing",
      approved: billingWords(spec.billing_mode, capacityOf(spec)),
      found: observed && billingWords(observed.billingMode, observedCapacity(observed)),
      unsupported: lacks("on_demand_throughput"),
    }),
    streamRow(table, observed, lacks("stream")),
    ttlRow(table, observed, lacks("ttl")),
    recoveryRow(table, observed, lacks("point_in_time_recovery")),
    encryptionRow(table, observed, lacks("encryption")),
    facetRow({
      id: "deletion_protection",
      facet: "Deletion protection",
      approved: onOff(spec.deletion_protection),
      found: observed && onOff(observed.deletionProtection),
      unsupported: lacks("deletion_protection"),
    }),
    facetRow({
      id: "table_class",
      facet: "Table class",
      approved: tableClassLabel[spec.table_class],
      found: observed && tableClassLabel[observed.tableClass],
      unsupported: lacks("table_class"),
    }),
    ...indexRows(spec, observed, lacks),
  ];
}

type Capacity = {
  read: number | null;
  write: number | null;
  maxRead: number | null;
  maxWrite: number | null;
};

const capacityOf = (spec: TableSpec): Capacity => ({
  read: spec.read_capacity,
  write: spec.write_capacity,
  maxRead: spec.max_read_request_units,
  maxWrite: spec.max_write_request_units,
});

const observedCapacity = (observed: ObservedTable): Capacity => ({
  read: observed.readCapacity,
  write: observed.writeCapacity,
  maxRead: observed.maxReadRequestUnits,
  maxWrite: observed.maxWriteRequestUnits,
});

const count = (units: number | null) => (units ?? 0).toLocaleString("en-US");

function billingWords(mode: TableSpec["billing_mode"], { read, write, maxRead, maxWrite }: Capacity): string {
  if (mode === "PROVISIONED") return `Provisioned, ${count(read)} read and ${count(write)} write units`;
  const limits = [
    ...(maxRead === null ? [] : [`${count(maxRead)} read units`]),
    ...(maxWrite === null ? [] : [`${count(maxWrite)} write units`]),
  ];
  return limits.length === 0 ? "On demand" : `On demand, at most ${limits.join(" and ")} a second`;
}

function streamRow({ spec }: TableView, observed: ObservedTable | null, unsupported: boolean): FacetRow {
  const words = (enabled: boolean, viewType: string | null) =>
    enabled ? (streamViewTypeLabel[viewType as TableSpec["stream_view_type"]] ?? viewType ?? "on") : "off";
  return facetRow({
    id: "stream",
    facet: "Stream",
    approved: words(spec.enable_stream, spec.stream_view_type),
    found: observed && words(observed.stream.enabled, observed.stream.viewType),
    unsupported,
  });
}

const movingTtl: Record<string, string> = {
  ENABLING: "being switched on; DynamoDB takes up to an hour",
  DISABLING: "being switched off; DynamoDB takes up to an hour",
};

function ttlRow({ spec, ttl }: TableView, observed: ObservedTable | null, unsupported: boolean): FacetRow {
  const words = (on: boolean, attribute: string | null) =>
    on ? `on ${attribute ? shownName(attribute) : "an attribute"}` : "off";
  const on = ttl.status === "ENABLED" || ttl.status === "ENABLING";
  return facetRow({
    id: "ttl",
    facet: "Time to live",
    approved: words(spec.enable_ttl, spec.ttl_attribute),
    found: observed?.ttl ? words(on, ttl.attribute) : null,
    notes: [movingTtl[ttl.status ?? ""] ?? null],
    unsupported,
  });
}

function recoveryRow(table: TableView, observed: ObservedTable | null, unsupported: boolean): FacetRow {
  const { spec, point_in_time_recovery: recovery } = table;
  const approvedDays = spec.point_in_time_recovery_days;
  // An endpoint that does not say how many days it keeps is taken to keep what was asked.
  const found = recovery.status === "ENABLED" ? dayWords(recovery.days ?? approvedDays) : "off";
  const { earliest, latest } = recovery;
  const window = earliest && latest && spanWords(Date.parse(earliest), Date.parse(latest));
  return facetRow({
    id: "point_in_time_recovery",
    facet: "Point-in-time recovery",
    approved: spec.enable_point_in_time_recovery ? dayWords(approvedDays) : "off",
    found: observed?.backups ? found : null,
    notes: [window ? `restorable from ${window}` : null],
    unsupported,
  });
}

function encryptionRow(table: TableView, observed: ObservedTable | null, unsupported: boolean): FacetRow {
  const { spec, encryption } = table;
  const type = encryption.type as TableSpec["encryption"] | null;
  return facetRow({
    id: "encryption",
    facet: "Encryption",
    approved: encryptionLabel[spec.encryption],
    found: observed && type ? encryptionLabel[type] : null,
    notes: [
      spec.kms_key_id ? `asked for ${spec.kms_key_id}` : null,
      encryption.status ? `status ${encryption.status}` : null,
      encryption.kms_key_arn,
    ],
    unsupported,
  });
}
