import { CircleSlash, Users } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { PersonView } from "#lib/people/schema.ts";

const path = "/people";

type PeopleListProps = {
  people: readonly PersonView[];
  q: string | undefined;
  cursor: string | undefined;
  nextCursor: string | null;
};

/** Everybody who ever signed in. `PeopleList({ people, q, cursor, nextCursor })`. */
export function PeopleList({ people, q, cursor, nextCursor }: PeopleListProps) {
  return (
    <>
      <PageHeader
        title="People"
        trail={[{ href: "/", label: "Home" }]}
        sub="Whoever signed in at least once. Groups are those of their last sign-in."
      />
      <div className="stack">
        <FilterForm path={path} label="Filter people">
          <SearchBox label="Search name, e-mail, group" defaultValue={q} />
        </FilterForm>
        <Card label="People">
          {people.length > 0 ? (
            <DataTable label="People" columns={columns} rows={people} rowKey={({ id }) => id} />
          ) : q || cursor ? (
            <NoMatch title="Nobody matches" path={path} searched="names, e-mails and whole names of groups" />
          ) : (
            <EmptyState icon={Users} title="Nobody yet">
              People appear here once they have signed in.
            </EmptyState>
          )}
        </Card>
        <ListPages
          path={path}
          filters={{ q }}
          count={people.length}
          noun="person"
          plural="people"
          backWord="From A"
          onWord="More"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

const columns: Column<PersonView>[] = [
  {
    id: "person",
    header: "Person",
    cell: ({ id, name, email, deactivated_at }) => (
      <>
        <span className="cluster gap-2">
          <Link
            href={`${path}/${encodeURIComponent(id)}`}
            prefetch={false}
            className="link-alone font-semibold"
          >
            {name}
          </Link>
          {deactivated_at ? (
            <Badge tone="bad" icon={CircleSlash}>
              deactivated
            </Badge>
          ) : null}
        </span>
        <div className="text-ink-2 [overflow-wrap:anywhere]">{email}</div>
      </>
    ),
  },
  {
    id: "groups",
    header: "Groups",
    cell: ({ groups, groups_problem }) =>
      groups.join(", ") || (groups_problem ? "none: the claim was not in order" : "none"),
  },
  {
    id: "sessions",
    header: "Sessions",
    align: "end",
    narrowLabel: "sessions:",
    cell: ({ sessions }) => sessions,
  },
  { id: "tokens", header: "Tokens", align: "end", narrowLabel: "tokens:", cell: ({ tokens }) => tokens },
];
