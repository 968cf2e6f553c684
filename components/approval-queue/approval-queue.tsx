import { Inbox } from "lucide-react";
import { ApprovalRows } from "#components/approval-queue/approval-rows.tsx";
import { countWords } from "#components/approval-queue/count-words.ts";
import { QueueDesk } from "#components/approval-queue/queue-desk.tsx";
import type { QueueActions, QueueEntry } from "#components/approval-queue/queue-entry.ts";
import { ApproveSelected } from "#components/approval-queue/select-row.tsx";
import { ShortcutHints } from "#components/approval-queue/shortcut-hints.tsx";
import { listHref } from "#components/data-table/list-href.ts";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { FilterSelect } from "#components/form/filter-select.tsx";
import { PlaceFilters } from "#components/form/place-filters.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { QueueItem } from "#lib/requests/queue-item.ts";

const path = "/approvals";

export type ApprovalFilters = {
  q?: string;
  environment?: string;
  project?: string;
  needs?: string;
  sort?: string;
};

type ApprovalQueueProps = {
  rows: readonly QueueItem[];
  filters: ApprovalFilters;
  cursor?: string;
  nextCursor: string | null;
  environments: readonly string[];
  projects: readonly string[];
  /** What the rows are, in short: asked for anew now and then. */
  signature: string;
  /** The reader's name. */
  me: string;
  actions: QueueActions;
  /** All that wait for the reader, not only those shown; `oldestAt` in ISO 8601. */
  waiting: { count: number; oldestAt: string | null };
};

/** The page of requests that wait for approval. `ApprovalQueue({ rows, filters, cursor, nextCursor, environments, projects, waiting, signature, me, actions })`. */
export function ApprovalQueue(props: ApprovalQueueProps) {
  const { rows, filters, cursor, nextCursor, environments, projects, waiting, signature, me, actions } =
    props;
  return (
    <QueueDesk
      entries={rows.map(entryOf)}
      newsAddress={listHref("/api/approvals", { ...filters, cursor })}
      signature={signature}
      me={me}
      actions={actions}
    >
      <PageHeader
        title="Approvals"
        trail={[{ href: "/", label: "Home" }]}
        sub={<Waiting {...waiting} />}
        actions={<ShortcutHints />}
      />
      <div className="stack">
        <div className="cluster">
          <div className="grow">
            <Filters filters={filters} environments={environments} projects={projects} />
          </div>
          <ApproveSelected />
        </div>
        <Card label="Requests waiting for approval">
          {rows.length > 0 ? <ApprovalRows rows={rows} selectable /> : <NothingWaits {...props} />}
        </Card>
        <ListPages
          path={path}
          filters={filters}
          count={rows.length}
          noun="request"
          cursor={cursor}
          nextCursor={nextCursor}
          {...(filters.sort === "oldest" && { backWord: "Oldest", onWord: "Newer" })}
        />
      </div>
    </QueueDesk>
  );
}

function entryOf({ request, warnings, may }: QueueItem): QueueEntry {
  return {
    id: request.id,
    number: request.number,
    version: request.version,
    title: requestTitle(request),
    environment: request.environment,
    requester: request.requester_name,
    warnings,
    reason: may.allowed ? null : may.reason,
  };
}

function Filters({
  filters,
  environments,
  projects,
}: Pick<ApprovalQueueProps, "filters" | "environments" | "projects">) {
  return (
    <FilterForm path={path} label="Filter approvals">
      <SearchBox label="Search name, person, project, number" defaultValue={filters.q} />
      <PlaceFilters environments={environments} projects={projects} filters={filters} />
      <FilterSelect
        name="needs"
        label="Needs"
        options={[{ value: "me", label: "me" }]}
        defaultValue={filters.needs}
        emptyWord="anybody"
      />
      <FilterSelect
        name="sort"
        label="First"
        options={[{ value: "oldest", label: "oldest" }]}
        defaultValue={filters.sort}
        emptyWord="newest"
      />
    </FilterForm>
  );
}

function Waiting({ count, oldestAt }: ApprovalQueueProps["waiting"]) {
  if (count === 0) return "Nothing waits for you";
  return (
    <span>
      {count === 1 ? "1 request waits for you" : `${countWords(count)} requests wait for you`}
      {oldestAt ? (
        <>
          {" · oldest "}
          <RelativeTime at={oldestAt} style="short" />
        </>
      ) : null}
    </span>
  );
}

function NothingWaits({ filters, cursor }: ApprovalQueueProps) {
  if (cursor || filters.q || filters.environment || filters.project || filters.needs) {
    return (
      <NoMatch
        title="No waiting request matches"
        path={path}
        searched="table names, people, projects and request numbers"
      />
    );
  }
  return (
    <EmptyState
      icon={Inbox}
      title="No request waits for approval"
      action={<LinkButton href="/requests">See all requests</LinkButton>}
    >
      Requests appear here when their turn comes; a rule may also approve them at once.
    </EmptyState>
  );
}
