import { Download, Plus, Table2 } from "lucide-react";
import { listHref } from "#components/data-table/list-href.ts";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { wordOptions } from "#components/form/filter-options.ts";
import { FilterSelect } from "#components/form/filter-select.tsx";
import { PlaceFilters } from "#components/form/place-filters.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { type TableRow, TableRows } from "#components/table-list/table-rows.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { tableStateWords } from "#lib/tables/state.ts";

const path = "/tables";

export type TableFilters = { q?: string; state?: string; project?: string; environment?: string };

type TableListProps = {
  tables: readonly TableRow[];
  filters: TableFilters;
  cursor?: string;
  nextCursor: string | null;
  projects: readonly string[];
  /** Those of the configuration and those that tables still name. */
  environments: readonly string[];
  mayAsk: boolean;
};

/** The page of tables. `TableList({ tables, filters, cursor, nextCursor, projects, environments, mayAsk })`. */
export function TableList(props: TableListProps) {
  const { tables, filters, cursor, nextCursor, projects, environments, mayAsk } = props;
  const actions = (
    <>
      {tables.length > 0 ? (
        <LinkButton href={listHref("/api/tables.csv", filters)} icon={Download} download="tables.csv">
          Download CSV
        </LinkButton>
      ) : null}
      {mayAsk ? (
        <LinkButton href="/requests/new" variant="primary" icon={Plus}>
          Ask for tables
        </LinkButton>
      ) : null}
    </>
  );
  return (
    <>
      <PageHeader title="Tables" trail={[{ href: "/", label: "Home" }]} actions={actions} />
      <div className="stack">
        <FilterForm path={path} label="Filter tables">
          <SearchBox label="Search name" defaultValue={filters.q} />
          <FilterSelect
            name="state"
            label="State"
            options={wordOptions(tableStateWords)}
            defaultValue={filters.state}
          />
          <PlaceFilters environments={environments} projects={projects} filters={filters} />
        </FilterForm>
        <Card label="Tables">
          {tables.length > 0 ? <TableRows label="Tables" tables={tables} /> : <NoTables {...props} />}
        </Card>
        <ListPages
          path={path}
          filters={filters}
          count={tables.length}
          noun="table"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

function NoTables({ filters, cursor, mayAsk }: TableListProps) {
  if (cursor || Object.values(filters).some(Boolean)) {
    return <NoMatch title="No table matches" path={path} searched="table names" />;
  }
  return (
    <EmptyState
      icon={Table2}
      title="No tables yet"
      action={
        mayAsk ? (
          <LinkButton href="/requests/new" icon={Plus}>
            Ask for tables
          </LinkButton>
        ) : null
      }
    >
      Tables appear here once their request is approved, with their ARNs, streams and IAM policies to copy.
    </EmptyState>
  );
}
