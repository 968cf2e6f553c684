import Link from "next/link";
import { DeniedCall } from "#components/denied-call/denied-call.tsx";
import { Timeline } from "#components/request-timeline/timeline.tsx";
import type { SnippetChoice } from "#components/snippets/snippet-choice.ts";
import type { SnippetOutcome } from "#components/snippets/snippet-outcome.ts";
import { SnippetPanel } from "#components/snippets/snippet-panel.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { TableStateBadge } from "#components/state-badge/table-state-badge.tsx";
import { facetRows } from "#components/table-details/facet-rows.ts";
import { FacetsCard } from "#components/table-details/facets-card.tsx";
import { IdentityCard } from "#components/table-details/identity-card.tsx";
import { RefreshEvery } from "#components/table-details/refresh-every.tsx";
import { tableHistory } from "#components/table-details/table-history.ts";
import { TableNotes } from "#components/table-details/table-notes.tsx";
import { TagsCard } from "#components/table-details/tags-card.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Decision } from "#lib/core/decision.ts";
import type { ObservedTable } from "#lib/provisioning/observed.ts";
import type { RequestEventView } from "#lib/requests/schema.ts";
import { patternLabel } from "#lib/table-spec/describe.ts";
import type { TableView } from "#lib/tables/schema.ts";

type TableDetailsProps = {
  table: TableView;
  observed: ObservedTable | null;
  /** The events of its requests, oldest first; empty where the reader may not see them. */
  events: readonly RequestEventView[];
  /** Whether the reader may ask for the table's end now. */
  mayDecommission: Decision;
  choice: SnippetChoice;
  /** The code of that choice. */
  outcome: SnippetOutcome;
};

const moving = new Set<TableView["state"]>(["pending", "creating", "updating", "deleting"]);

/** A table: what it is, how it was found, and what one needs to use it. `TableDetails({ table, observed, events, mayDecommission, choice, outcome })`. */
export function TableDetails(props: TableDetailsProps) {
  const { table, observed, events, mayDecommission, choice, outcome } = props;
  return (
    <>
      <TableHeader table={table} mayDecommission={mayDecommission} />
      <TableNotes table={table} />
      <div className="split">
        <div className="stack">
          <IdentityCard table={table} />
          <FacetsCard rows={facetRows(table, observed)} request={table.request} />
          <TagsCard found={observed?.tags ?? null} asked={table.spec.tags} />
          <Card>
            <CardHeader
              title="History"
              aside={
                <Link href={`/requests/${table.request.id}`} prefetch={false} className="link">
                  request {table.request.number}
                </Link>
              }
            />
            <CardBody>
              <Timeline label="History" events={tableHistory(table.name, events)} />
            </CardBody>
          </Card>
        </div>
        <div className="stack">
          <SnippetPanel
            title="Use this table"
            address={{ path: `/tables/${table.id}`, keep: [] }}
            source={[["table_id", table.id]]}
            choice={choice}
            outcome={outcome}
          />
          <DeniedCall tableId={table.id} />
        </div>
      </div>
      {moving.has(table.state) ? <RefreshEvery seconds={2} /> : null}
    </>
  );
}

function TableHeader({ table, mayDecommission }: Pick<TableDetailsProps, "table" | "mayDecommission">) {
  return (
    <PageHeader
      mono
      trail={[{ href: "/tables", label: "Tables" }]}
      title={table.name}
      badges={
        <>
          <TableStateBadge state={table.state} />
          <EnvChip environment={table.environment} />
        </>
      }
      sub={
        <span>
          {patternLabel[table.spec.type]} · {table.spec.purpose} · owned by{" "}
          <Link href={`/projects/${encodeURIComponent(table.project)}`} prefetch={false} className="link">
            {table.project}
          </Link>{" "}
          ·{" "}
          {table.observed_at ? (
            <>
              observed <RelativeTime at={table.observed_at} />
            </>
          ) : (
            "not observed yet"
          )}
        </span>
      }
      actions={<DecommissionLink table={table} may={mayDecommission} />}
    />
  );
}

/** The way to the table's end: quiet, and with the reason where there is none. A table that is gone has none. */
function DecommissionLink({ table, may }: { table: TableView; may: Decision }) {
  if (table.state === "deleted") return null;
  if (!may.allowed) {
    return (
      <Button variant="quiet" reasonAlign="end" disabledReason={may.reason}>
        Decommission…
      </Button>
    );
  }
  return (
    <LinkButton variant="quiet" href={`/tables/${table.id}/decommission`}>
      Decommission…
    </LinkButton>
  );
}
