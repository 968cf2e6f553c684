import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import type { SnippetTable, SnippetWarning } from "./snippet.ts";

const placeOf = ({ account, region }: SnippetTable) => `account ${account}, region ${region}`;

/** A warning for each table that lies elsewhere than the first: a folder's one AWS provider reaches one of the places. */
export function placeWarnings(tables: readonly SnippetTable[]): SnippetWarning[] {
  const first = tables[0]!;
  return tables
    .filter((table) => placeOf(table) !== placeOf(first))
    .map((table) => ({
      path: jsonPointer(["tables", table.key]),
      message: `${table.name} is in ${placeOf(table)}, but ${first.name} in ${placeOf(first)}. Put them into folders of their own, each with a provider for its place.`,
    }));
}
