import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { absentFacets } from "./completion.ts";
import { sortedEntries } from "./create-table-input.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import type { Desired } from "./plan.ts";

/** A fact of a live table that is not as asked; `path` is a JSON pointer into the spec. */
export type Mismatch = { path: string; wanted: unknown; found: unknown };

/** Whether the live table has exactly the key schema of the spec, with the types it asks for. */
export function keysMatch(spec: TableSpec, observed: Observed): boolean {
  return observed.exists && keyMismatches(spec, observed).length === 0;
}

/** Both sides of one comparison; only the ones that differ become mismatches. */
type Comparison = [path: string, wanted: unknown, found: unknown];

function differing(comparisons: Comparison[]): Mismatch[] {
  return comparisons
    .filter(([, wanted, found]) => JSON.stringify(wanted) !== JSON.stringify(found))
    .map(([path, wanted, found]) => ({ path, wanted, found }));
}

const pointer = (...parts: string[]): string => jsonPointer(parts);

function keyMismatches(spec: TableSpec, observed: ObservedTable): Mismatch[] {
  if (observed.keys === null) return [{ path: "/partition_key", wanted: spec.partition_key, found: null }];
  return differing([
    ["/partition_key", spec.partition_key, observed.keys.partitionKey],
    ["/sort_key", spec.sort_key, observed.keys.sortKey],
    ...typeComparisons(
      spec,
      observed,
      spec.sort_key === null ? [spec.partition_key] : [spec.partition_key, spec.sort_key],
    ),
  ]);
}

function typeComparisons(spec: TableSpec, observed: ObservedTable, names: string[]): Comparison[] {
  const types = new Map(observed.attributes.map(({ name, type }) => [name, type]));
  return names.map((name) => [
    pointer("attribute_types", name),
    attributeType(spec, name),
    types.get(name) ?? null,
  ]);
}

const asSet = (names: string[] | null): string[] => [...new Set(names ?? [])].sort();

function indexMismatches(spec: TableSpec, observed: ObservedTable): Mismatch[] {
  const global = new Map(observed.globalSecondaryIndexes.map((index) => [index.name, index]));
  const local = new Map(observed.localSecondaryIndexes.map((index) => [index.name, index]));
  const comparisons: Comparison[] = [];
  for (const [name, wanted] of sortedEntries(spec.global_secondary_indexes)) {
    const found = global.get(name);
    if (!found) continue;
    const at = (field: string) => pointer("global_secondary_indexes", name, field);
    comparisons.push(
      [at("partition_key"), wanted.partition_key, found.partitionKey],
      [at("sort_key"), wanted.sort_key, found.sortKey],
      [at("projection_type"), wanted.projection_type, found.projectionType],
      [at("non_key_attributes"), asSet(wanted.non_key_attributes), asSet(found.nonKeyAttributes)],
      [at("read_capacity"), wanted.read_capacity, found.readCapacity],
      [at("write_capacity"), wanted.write_capacity, found.writeCapacity],
    );
  }
  for (const [name, wanted] of sortedEntries(spec.local_secondary_indexes)) {
    const found = local.get(name);
    if (!found) continue;
    const at = (field: string) => pointer("local_secondary_indexes", name, field);
    comparisons.push(
      [at("sort_key"), wanted.sort_key, found.sortKey],
      [at("projection_type"), wanted.projection_type, found.projectionType],
      [at("non_key_attributes"), asSet(wanted.non_key_attributes), asSet(found.nonKeyAttributes)],
    );
  }
  return [...differing(comparisons), ...strangeIndexes(spec, observed)];
}

function strangeIndexes(spec: TableSpec, observed: ObservedTable): Mismatch[] {
  const strange = (field: "global_secondary_indexes" | "local_secondary_indexes", live: { name: string }[]) =>
    live
      .filter((index) => !Object.hasOwn(spec[field], index.name))
      .map((index) => ({ path: pointer(field, index.name), wanted: null, found: index }));
  return [
    ...strange("global_secondary_indexes", observed.globalSecondaryIndexes),
    ...strange("local_secondary_indexes", observed.localSecondaryIndexes),
  ];
}

/** The id at the end of a key's ARN, or the text itself if it is an id; null for an alias, which names no key for good. */
function keyId(key: string | null): string | null {
  if (key === null || /(^|:)alias\//.test(key)) return null;
  return key.startsWith("arn:") ? (/:key\/(.+)$/.exec(key)?.[1] ?? null) : key;
}

function encryptionMismatches(spec: TableSpec, observed: ObservedTable): Mismatch[] {
  const { type, kmsKeyArn } = observed.encryption;
  if (spec.encryption === "aws_owned") {
    return differing([["/encryption", "aws_owned", type === "kms" ? "kms" : "aws_owned"]]);
  }
  const wanted = keyId(spec.kms_key_id);
  const found = keyId(kmsKeyArn);
  if (wanted === null || found === null || wanted === found) return [];
  return [{ path: "/kms_key_id", wanted: spec.kms_key_id, found: kmsKeyArn }];
}

/**
 * What a live table has that is not as asked: keys and types, billing, capacity, indexes, stream view type, class,
 * encryption. What is absent altogether is `absentFacets`' to say, and unsupported facets are left out. Sets are
 * compared as sets, and an alias never with an ARN.
 */
export function mismatches(desired: Desired, observed: ObservedTable): Mismatch[] {
  const { spec, unsupported } = desired;
  const ignored = new Set<Facet>([...unsupported, ...absentFacets(desired, observed)]);
  const unless = (facet: Facet, found: () => Mismatch[]): Mismatch[] => (ignored.has(facet) ? [] : found());
  const indexesIgnored = ignored.has("global_secondary_indexes") || ignored.has("local_secondary_indexes");
  return [
    ...keyMismatches(spec, observed),
    ...differing([
      ["/billing_mode", spec.billing_mode, observed.billingMode],
      ["/read_capacity", spec.read_capacity, observed.readCapacity],
      ["/write_capacity", spec.write_capacity, observed.writeCapacity],
    ]),
    ...unless("on_demand_throughput", () =>
      differing([
        ["/max_read_request_units", spec.max_read_request_units, observed.maxReadRequestUnits],
        ["/max_write_request_units", spec.max_write_request_units, observed.maxWriteRequestUnits],
      ]),
    ),
    ...(indexesIgnored ? [] : indexMismatches(spec, observed)),
    ...(indexesIgnored ? [] : indexTypeMismatches(spec, observed)),
    ...unless("stream", () => streamMismatches(spec, observed)),
    ...unless("encryption", () => encryptionMismatches(spec, observed)),
    ...unless("table_class", () => differing([["/table_class", spec.table_class, observed.tableClass]])),
    ...unless("deletion_protection", () =>
      differing([["/deletion_protection", spec.deletion_protection, observed.deletionProtection]]),
    ),
  ];
}

function streamMismatches(spec: TableSpec, { stream }: ObservedTable): Mismatch[] {
  if (!spec.enable_stream) return differing([["/enable_stream", false, stream.enabled]]);
  return differing([["/stream_view_type", spec.stream_view_type, stream.viewType]]);
}

function indexTypeMismatches(spec: TableSpec, observed: ObservedTable): Mismatch[] {
  const ofIndexes = keyAttributes(spec).filter(
    (name) => name !== spec.partition_key && name !== spec.sort_key,
  );
  return differing(typeComparisons(spec, observed, ofIndexes));
}
