import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { ReadOnOpening } from "#components/notifications/read-on-opening.tsx";
import { RequestDetails } from "#components/request-details/request-details.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { AppError } from "#lib/core/errors.ts";
import { hasUnreadNotice } from "#lib/notifications/notice-queries.ts";
import { getOutputs, getRequestPage } from "#lib/requests/page-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { markRead } from "../../notifications/actions.ts";
import { approve, cancel, comment, reject, retry, sendBack } from "./actions.ts";

type Props = { params: Promise<{ id: string }> };

/** One read for the title and the page. A link that leads nowhere is "not found", whatever is wrong with it. */
const readRequest = cache(async (id: string) => {
  const actor = await requireActor();
  try {
    return { actor, page: await getRequestPage(actor, { id }), readAtMilliseconds: Date.now() };
  } catch (error) {
    if (error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await readRequest((await params).id);
  return { title: `Request ${page.request.number}: ${requestTitle(page.request)}` };
}

export default async function RequestPage({ params }: Props) {
  const { id } = await params;
  const { actor, page, readAtMilliseconds } = await readRequest(id);
  if (page.request.state === "draft") redirect(`/requests/new?draft=${id}`);
  const unread = await hasUnreadNotice(actor, { request: id });
  return (
    <>
      {unread ? <ReadOnOpening request={id} action={markRead} /> : null}
      <RequestDetails
        page={page}
        outputs={await getOutputs(actor, { id })}
        readAtMilliseconds={readAtMilliseconds}
        me={actor.name}
        actions={{ approve, reject, send_back: sendBack, cancel, retry, comment }}
        editHref={`/requests/${id}/edit`}
      />
    </>
  );
}
