import type { Actor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { csvFile } from "#lib/snippets/csv.ts";
import { listTables, tableListInput } from "./queries.ts";
import type { TableView } from "./schema.ts";

/** Most tables in one file, a whole number of pages; whoever has more narrows the filters. */
const maxExportedTables = 5_000;
const pageSize = 100;

const columns: [header: string, cell: (table: TableView) => string | null][] = [
  ["name", ({ name }) => name],
  ["key", ({ key }) => key],
  ["project", ({ project }) => project],
  ["environment", ({ environment }) => environment],
  ["account", ({ account }) => account],
  ["region", ({ region }) => region],
  ["state", ({ state }) => state],
  ["type", ({ spec }) => spec.type],
  ["billing_mode", ({ spec }) => spec.billing_mode],
  ["arn", ({ arn }) => arn],
  ["stream_arn", ({ stream_arn }) => stream_arn],
  ["purpose", ({ spec }) => spec.purpose],
  ["observed_at", ({ observed_at }) => observed_at],
];

/**
 * The tables that `listTables` answers for these filters, all its pages, as CSV with a header row. Where there are more
 * than `maxExportedTables` it is the newest of them, and `filename` says so. Throws INVALID (a filter).
 */
export const exportTablesCsv = query({
  input: tableListInput.omit({ limit: true, cursor: true }),
  run: async (actor: Actor, filters): Promise<{ filename: string; content: string }> => {
    const rows: string[][] = [columns.map(([header]) => header)];
    let cursor: string | undefined;
    do {
      const page = await listTables(actor, { ...filters, limit: pageSize, cursor });
      rows.push(...page.items.map((table) => columns.map(([, cell]) => cell(table) ?? "")));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined && rows.length <= maxExportedTables);
    return {
      filename: cursor === undefined ? "tables.csv" : `tables-newest-${maxExportedTables}.csv`,
      content: csvFile(rows),
    };
  },
});
