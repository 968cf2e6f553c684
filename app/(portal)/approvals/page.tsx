import type { Metadata } from "next";
import { ApprovalQueue } from "#components/approval-queue/approval-queue.tsx";
import { listEnvironments, listProjects } from "#lib/environments/queries.ts";
import { listApprovalQueue, queueInput, queueSignature } from "#lib/requests/queue-queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { readWaiting } from "#lib/server/notices.ts";
import { requireActor } from "#lib/server/session.ts";
import { approve, cancel, comment, reject, retry, sendBack } from "../requests/[id]/actions.ts";
import { approveSelected } from "./actions.ts";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const [environments, projects] = await Promise.all([listEnvironments(actor), listProjects(actor)]);
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
      projects={projects.items.map(({ name }) => name)}
      waiting={await readWaiting(actor)}
      signature={queueSignature(page.items)}
      me={actor.name}
      actions={{ approve, reject, send_back: sendBack, cancel, retry, comment, approveMany: approveSelected }}
    />
  );
}
