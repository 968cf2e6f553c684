import type { Metadata } from "next";
import { ApprovalQueue } from "#components/approval-queue/approval-queue.tsx";
import { listEnvironments } from "#lib/environments/queries.ts";
import { listApprovalQueue, queueInput } from "#lib/requests/queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { readWaiting } from "#lib/server/notices.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const environments = await listEnvironments(actor);
  const { filters, page } = await readListPage(
    queueInput.omit({ limit: true }),
    (input) => listApprovalQueue(actor, input),
    await searchParams,
  );
  const { cursor, ...shown } = filters;
  return (
    <ApprovalQueue
      rows={page.items}
      filters={shown}
      cursor={cursor}
      nextCursor={page.next_cursor}
      environments={environments.items.map(({ name }) => name)}
      waiting={await readWaiting(actor)}
    />
  );
}
