import { ListChecks, Plus } from "lucide-react";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { wordOptions } from "#components/form/filter-options.ts";
import { FilterSelect } from "#components/form/filter-select.tsx";
import { PlaceFilters } from "#components/form/place-filters.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { type RequestRow, RequestRows } from "#components/request-list/request-rows.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requestStateWords } from "#lib/requests/state.ts";

const path = "/requests";

export type RequestFilters = {
  q?: string;
  state?: string;
  project?: string;
  environment?: string;
  mine?: string;
};

type RequestListProps = {
  requests: readonly RequestRow[];
  filters: RequestFilters;
  /** The cursor of this page, if it is not the first. */
  cursor?: string;
  nextCursor: string | null;
  projects: readonly string[];
  environments: readonly string[];
  /** May ask for tables somewhere. */
  mayAsk: boolean;
};

/** The page of requests. `RequestList({ requests, filters, cursor, nextCursor, projects, environments, mayAsk })`. */
export function RequestList(props: RequestListProps) {
  const { requests, filters, cursor, nextCursor, projects, environments, mayAsk } = props;
  const ask = mayAsk ? (
    <>
      <LinkButton href="/requests/import" variant="quiet">
        Import from Terraform
      </LinkButton>
      <LinkButton href="/requests/new" variant="primary" icon={Plus}>
        Ask for tables
      </LinkButton>
    </>
  ) : null;
  return (
    <>
      <PageHeader title="Requests" trail={[{ href: "/", label: "Home" }]} actions={ask} />
      <div className="stack">
        <FilterForm path={path} label="Filter requests">
          <SearchBox label="Search name, person, project, number" defaultValue={filters.q} />
          <FilterSelect
            name="state"
            label="State"
            options={wordOptions(requestStateWords)}
            defaultValue={filters.state}
          />
          <PlaceFilters environments={environments} projects={projects} filters={filters} />
          <FilterSelect
            name="mine"
            label="Asked by"
            options={[{ value: "true", label: "me" }]}
            defaultValue={filters.mine}
          />
        </FilterForm>
        <Card label="Requests">
          {requests.length > 0 ? (
            <RequestRows label="Requests" requests={requests} />
          ) : (
            <NoRequests {...props} />
          )}
        </Card>
        <ListPages
          path={path}
          filters={filters}
          count={requests.length}
          noun="request"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

function NoRequests({ filters, cursor, mayAsk }: RequestListProps) {
  if (cursor || Object.values(filters).some(Boolean)) {
    return (
      <NoMatch
        title="No request matches"
        path={path}
        searched="table names, people, projects and request numbers"
      />
    );
  }
  return (
    <EmptyState
      icon={ListChecks}
      title="No requests yet"
      action={
        mayAsk ? (
          <>
            <LinkButton href="/requests/new" icon={Plus}>
              Ask for tables
            </LinkButton>
            <LinkButton href="/requests/import">Import from Terraform</LinkButton>
          </>
        ) : null
      }
    >
      {mayAsk
        ? "Describe the tables you need; somebody of the platform team approves, and workers create them."
        : "You are a developer of no project. Ask the platform team to add you to one."}
    </EmptyState>
  );
}
