"use client";

import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { RequestActionBar } from "#components/request-details/request-actions.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { RequestStateBadge } from "#components/state-badge/request-state-badge.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Title, state and what one can do now. `RequestHeader({ editHref })`. */
export function RequestHeader({ editHref }: { editHref: string }) {
  const { request, expires_at } = useLiveRequest().page;
  return (
    <PageHeader
      trail={[{ href: "/requests", label: "Requests" }]}
      current={`Request ${request.number}`}
      title={`${requestTitle(request)} in ${request.environment}`}
      badges={
        <>
          <RequestStateBadge state={request.state} />
          <EnvChip environment={request.environment} />
        </>
      }
      sub={
        <span className="flex gap-1.5">
          <Avatar name={request.requester_name} />
          <span>
            {request.requester_name} asked <RelativeTime at={request.created_at} /> · request {request.number}{" "}
            · version {request.version}
            {expires_at ? (
              <>
                {" "}
                · expires <RelativeTime at={expires_at} /> unless somebody acts
              </>
            ) : null}
          </span>
        </span>
      }
      actions={<RequestActionBar editHref={editHref} />}
    />
  );
}
