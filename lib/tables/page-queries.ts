import type { Actor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import type { ObservedTable } from "#lib/provisioning/observed.ts";
import { getTable, tableId } from "./queries.ts";
import type { TableView } from "./schema.ts";
import { readObserved } from "./view.ts";

export type TablePage = {
  table: TableView;
  /** All that a worker last read of it; null before one saw the table. */
  observed: ObservedTable | null;
};

/** All that the table's page shows. Throws NOT_FOUND. */
export const getTablePage = query({
  input: tableId,
  run: async (actor: Actor, { id }): Promise<TablePage> => {
    const table = await getTable(actor, { id });
    const row = await db().table.findUnique({ where: { id }, select: { observed: true } });
    return { table, observed: readObserved(row?.observed ?? null) };
  },
});
