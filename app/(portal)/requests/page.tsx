import type { Metadata } from "next";
import { RequestList } from "#components/request-list/request-list.tsx";
import { listProjects } from "#lib/environments/queries.ts";
import { listRequests, requestListInput } from "#lib/requests/queries.ts";
import { getWizardOptions } from "#lib/requests/wizard-queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Requests" };

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const { projects, environments } = await getWizardOptions(actor);
  const visible = await listProjects(actor);
  const { filters, page } = await readListPage(
    requestListInput.omit({ limit: true }),
    (input) => listRequests(actor, input),
    await searchParams,
  );
  const { cursor, ...shown } = filters;
  return (
    <RequestList
      requests={page.items}
      filters={shown}
      cursor={cursor}
      nextCursor={page.next_cursor}
      projects={visible.items.map(({ name }) => name)}
      environments={environments.map(({ name }) => name)}
      mayAsk={projects.length > 0}
    />
  );
}
