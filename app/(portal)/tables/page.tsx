import type { Metadata } from "next";
import { TableList } from "#components/table-list/table-list.tsx";
import { listProjects } from "#lib/environments/queries.ts";
import { getWizardOptions } from "#lib/requests/wizard-queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { requireActor } from "#lib/server/session.ts";
import { listTableEnvironments, listTables, tableListInput } from "#lib/tables/queries.ts";

export const metadata: Metadata = { title: "Tables" };

export default async function TablesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const { projects } = await getWizardOptions(actor);
  const visible = await listProjects(actor);
  const { filters, page } = await readListPage(
    tableListInput.omit({ limit: true }),
    (input) => listTables(actor, input),
    await searchParams,
  );
  const { cursor, ...shown } = filters;
  return (
    <TableList
      tables={page.items}
      filters={shown}
      cursor={cursor}
      nextCursor={page.next_cursor}
      projects={visible.items.map(({ name }) => name)}
      environments={await listTableEnvironments(actor, {})}
      mayAsk={projects.length > 0}
    />
  );
}
