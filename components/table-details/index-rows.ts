import { type FacetRow, facetRow } from "#components/table-details/facet-row.ts";
import type { Facet, ObservedTable } from "#lib/provisioning/observed.ts";
import { projectionTypeLabel, shownName } from "#lib/table-spec/describe.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";

type IndexFacts = {
  partitionKey: string | null;
  sortKey: string | null;
  projection: string;
  attributes: readonly string[];
  read: number | null;
  write: number | null;
};

type Kind = { word: "Global" | "Local"; facet: Facet };
const global: Kind = { word: "Global", facet: "global_secondary_indexes" };
const local: Kind = { word: "Local", facet: "local_secondary_indexes" };

/** A row for each index that was approved or found, by name; global ones first. */
export function indexRows(
  spec: TableSpec,
  observed: ObservedTable | null,
  lacks: (facet: Facet) => boolean,
): FacetRow[] {
  return [
    ...rowsOf(global, approvedGlobal(spec), observed && foundGlobal(observed), lacks(global.facet)).map(
      (row) => ({
        ...row,
        notes: statusNote(observed, row.id),
      }),
    ),
    ...rowsOf(local, approvedLocal(spec), observed && foundLocal(observed), lacks(local.facet)),
  ];
}

function rowsOf(
  { word, facet }: Kind,
  approved: Map<string, IndexFacts>,
  found: Map<string, IndexFacts> | null,
  unsupported: boolean,
): FacetRow[] {
  const names = [...new Set([...approved.keys(), ...(found?.keys() ?? [])])].sort();
  return names.map((name) =>
    facetRow({
      id: `${facet} ${name}`,
      facet: `${word} secondary index ${name}`,
      approved: indexWords(approved.get(name)),
      found: found && indexWords(found.get(name)),
      unsupported,
    }),
  );
}

function indexWords(index: IndexFacts | undefined): string {
  if (!index) return "none";
  const keys = [index.partitionKey, index.sortKey]
    .filter((key) => key !== null)
    .map(shownName)
    .join(", ");
  const label = projectionTypeLabel[index.projection as keyof typeof projectionTypeLabel] ?? index.projection;
  const attributes =
    index.attributes.length > 0 ? `: ${[...index.attributes].sort().map(shownName).join(", ")}` : "";
  const capacity = index.read === null ? "" : `; ${index.read} read and ${index.write ?? 0} write units`;
  return `${keys}; ${label.toLowerCase()}${attributes}${capacity}`;
}

/** Only an index that is not ACTIVE needs a word. */
function statusNote(observed: ObservedTable | null, id: string): string[] {
  const index = observed?.globalSecondaryIndexes.find(({ name }) => id === `${global.facet} ${name}`);
  return index && index.status !== "ACTIVE" ? [`status ${index.status}`] : [];
}

const approvedGlobal = (spec: TableSpec) =>
  new Map(
    Object.entries(spec.global_secondary_indexes).map(([name, index]): [string, IndexFacts] => [
      name,
      {
        partitionKey: index.partition_key,
        sortKey: index.sort_key,
        projection: index.projection_type,
        attributes: index.non_key_attributes ?? [],
        read: index.read_capacity,
        write: index.write_capacity,
      },
    ]),
  );

const approvedLocal = (spec: TableSpec) =>
  new Map(
    Object.entries(spec.local_secondary_indexes).map(([name, index]): [string, IndexFacts] => [
      name,
      {
        partitionKey: null,
        sortKey: index.sort_key,
        projection: index.projection_type,
        attributes: index.non_key_attributes ?? [],
        read: null,
        write: null,
      },
    ]),
  );

const foundGlobal = (observed: ObservedTable) =>
  new Map(
    observed.globalSecondaryIndexes.map((index): [string, IndexFacts] => [
      index.name,
      {
        partitionKey: index.partitionKey,
        sortKey: index.sortKey,
        projection: index.projectionType,
        attributes: index.nonKeyAttributes,
        read: index.readCapacity,
        write: index.writeCapacity,
      },
    ]),
  );

const foundLocal = (observed: ObservedTable) =>
  new Map(
    observed.localSecondaryIndexes.map((index): [string, IndexFacts] => [
      index.name,
      {
        partitionKey: null,
        sortKey: index.sortKey,
        projection: index.projectionType,
        attributes: index.nonKeyAttributes,
        read: null,
        write: null,
      },
    ]),
  );
