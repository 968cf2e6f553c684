import { hclPath } from "./hcl-path.ts";
import { type Found, type Report, reportComputed, Section } from "./section.ts";
import type { KeyedTable } from "./table-block.ts";
import { type IndexField, type SpecField, specFields, TableDraft } from "./table-draft.ts";
import type { MapValue, Value } from "./value.ts";

const indexFields: readonly SpecField[] = ["global_secondary_indexes", "local_secondary_indexes"];
const mapFields: readonly SpecField[] = ["attribute_types", "tags"];

/** Literal tags that a module gives to all its tables. */
export type CommonTags = readonly (Found & { name: string })[];

/** The value if it looks like a map of tables: a map in which something has a partition key. */
export function asTablesMap(value: Value): MapValue | null {
  if (value.kind !== "map") return null;
  const entries = [...value.entries.values()];
  return entries.some((entry) => entry.kind === "map" && entry.entries.has("partition_key")) ? value : null;
}

/** Reads a map from keys to tables, spelled as a spec is. */
export function readTablesMap(
  { path, value }: { path: string; value: MapValue },
  commonTags: CommonTags,
  report: Report,
): KeyedTable[] {
  return new Section(path, value, report).takeAll().flatMap(({ name, path: tablePath, value: table }) => {
    if (table.kind === "computed") reportComputed(report, tablePath, table);
    else if (table.kind !== "map") report(tablePath, "A table must be a map of its options. It is left out.");
    else if (name === "__proto__") report(tablePath, 'A table cannot be called "__proto__". It is left out.');
    else return [{ key: name, path: tablePath, table: readTable(tablePath, table, commonTags, report) }];
    return [];
  });
}

function readTable(path: string, value: MapValue, commonTags: CommonTags, report: Report) {
  const section = new Section(path, value, report);
  const draft = new TableDraft(report);
  for (const tag of commonTags) draft.setEntry("tags", tag.name, tag);
  for (const field of specFields) {
    const found = section.take(field);
    if (found?.value.kind !== "map") draft.set(field, found);
    else if (indexFields.includes(field))
      readIndexMap(draft, field as IndexField, found.path, found.value, report);
    else if (mapFields.includes(field)) {
      const entries = new Section(found.path, found.value, report);
      for (const entry of entries.takeAll()) draft.setEntry(field as "tags", entry.name, entry);
      if (entries.hasComputedNames) draft.markOpen(field);
    } else draft.set(field, found);
  }
  section.finish("a table", specFields);
  return draft.finish((segments) => hclPath(path, ...segments));
}

function readIndexMap(
  draft: TableDraft,
  field: IndexField,
  path: string,
  value: MapValue,
  report: Report,
): void {
  const options = ["partition_key", "sort_key", "projection_type", "non_key_attributes"];
  const known =
    field === "global_secondary_indexes" ? [...options, "read_capacity", "write_capacity"] : options.slice(1);
  draft.put(field, {});
  const indexes = new Section(path, value, report);
  if (indexes.hasComputedNames) draft.markOpen(field);
  for (const { name, path: indexPath, value: index } of indexes.takeAll()) {
    if (index.kind !== "map") {
      if (index.kind === "computed") reportComputed(report, indexPath, index);
      else report(indexPath, "An index must be a map of its options. It is left out.");
      draft.markOpen(field);
      continue;
    }
    const section = new Section(indexPath, index, report);
    draft.setIndex(field, name, indexPath, new Map(known.map((option) => [option, section.take(option)])));
    section.finish("an index", known);
  }
}
