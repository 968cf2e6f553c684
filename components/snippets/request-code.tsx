import type { SnippetChoice } from "#components/snippets/snippet-choice.ts";
import type { SnippetOutcome } from "#components/snippets/snippet-outcome.ts";
import { SnippetPanel } from "#components/snippets/snippet-panel.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { RequestStateBadge } from "#components/state-badge/request-state-badge.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { RequestView } from "#lib/requests/schema.ts";

type RequestCodeProps = { request: RequestView; choice: SnippetChoice; outcome: SnippetOutcome };

/** The tables of a request as code, from the day they are asked for. `RequestCode({ request, choice, outcome })`. */
export function RequestCode({ request, choice, outcome }: RequestCodeProps) {
  const count = request.tables.length;
  return (
    <>
      <PageHeader
        trail={[
          { href: "/requests", label: "Requests" },
          { href: `/requests/${request.id}`, label: `Request ${request.number}` },
        ]}
        current="Code"
        title={`Code for ${requestTitle(request)} in ${request.environment}`}
        badges={
          <>
            <RequestStateBadge state={request.state} />
            <EnvChip environment={request.environment} />
          </>
        }
      />
      <SnippetPanel
        title={count === 1 ? "This table as code" : "These tables as code"}
        aside={count === 1 ? "1 table" : `${count} tables`}
        address={{ path: `/requests/${request.id}/code`, keep: [] }}
        source={[["request_id", request.id]]}
        choice={choice}
        outcome={outcome}
      />
    </>
  );
}
