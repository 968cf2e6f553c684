import { Inbox } from "lucide-react";
import { type ApprovalRow, ApprovalRows } from "#components/approval-queue/approval-rows.tsx";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { plainOptions } from "#components/form/filter-options.ts";
import { FilterSelect } from "#components/form/filter-select.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

const path = "/approvals";

export type ApprovalFilters = { q?: string; environment?: string };

type ApprovalQueueProps = {
  rows: readonly ApprovalRow[];
  filters: ApprovalFilters;
  cursor?: string;
  nextCursor: string | null;
  environments: readonly string[];
  /** All that wait for the reader, not only those shown; `oldestAt` in ISO 8601. */
  waiting: { count: number; oldestAt: string | null };
};

/** The page of requests that wait for approval. `ApprovalQueue({ rows, filters, cursor, nextCursor, environments, waiting })`. */
export function ApprovalQueue(props: ApprovalQueueProps) {
  const { rows, filters, cursor, nextCursor, environments, waiting } = props;
  return (
    <>
      <PageHeader title="Approvals" trail={[{ href: "/", label: "Home" }]} sub={<Waiting {...waiting} />} />
      <div className="stack">
        <FilterForm path={path} label="Filter approvals">
          <SearchBox label="Search name, person, project, number" defaultValue={filters.q} />
          <FilterSelect
            name="environment"
            label="Environment"
            options={plainOptions(environments)}
            defaultValue={filters.environment}
          />
        </FilterForm>
        <Card label="Requests waiting for approval">
          {rows.length > 0 ? <ApprovalRows rows={rows} /> : <NothingWaits {...props} />}
        </Card>
        <ListPages
          path={path}
          filters={filters}
          count={rows.length}
          noun="request"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

function Waiting({ count, oldestAt }: ApprovalQueueProps["waiting"]) {
  if (count === 0) return "Nothing waits for you";
  return (
    <span>
      {count === 1 ? "1 request waits for you" : `${count} requests wait for you`}
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
  if (cursor || filters.q || filters.environment) {
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
