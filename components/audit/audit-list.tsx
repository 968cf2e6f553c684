import { Download, ScrollText } from "lucide-react";
import { AuditRows } from "#components/audit/audit-rows.tsx";
import { eventOptions } from "#components/audit/event-names.ts";
import { listHref } from "#components/data-table/list-href.ts";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { NoMatch } from "#components/data-table/no-match.tsx";
import { FilterForm } from "#components/form/filter-form.tsx";
import { FilterSelect } from "#components/form/filter-select.tsx";
import { SearchBox } from "#components/form/search-box.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { controlClass } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { absoluteWords } from "#components/ui/relative-words.ts";
import type { AuditLineView, AuditPageFilters, AuditSealView } from "#lib/audit/schema.ts";

const path = "/audit";

type AuditListProps = {
  lines: readonly AuditLineView[];
  filters: AuditPageFilters;
  /** The cursor of this page, if it is not the first. */
  cursor: string | undefined;
  nextCursor: string | null;
  /** The last seal; null where nothing is sealed. */
  seal: AuditSealView | null;
};

/** The page of the audit. `AuditList({ lines, filters, cursor, nextCursor, seal })`. */
export function AuditList({ lines, filters, cursor, nextCursor, seal }: AuditListProps) {
  const filtered = Boolean(cursor) || Object.values(filters).some(Boolean);
  return (
    <>
      <PageHeader
        title="Audit"
        trail={[{ href: "/", label: "Home" }]}
        sub={<Sealed seal={seal} />}
        actions={
          <>
            <LinkButton href={exportHref(filters, "csv")} icon={Download} download="">
              Export CSV
            </LinkButton>
            <LinkButton href={exportHref(filters, "jsonl")} icon={Download} download="">
              Export JSON lines
            </LinkButton>
          </>
        }
      />
      <div className="stack">
        <FilterForm path={path} label="Filter the audit">
          <SearchBox label="Search person, table, request number" defaultValue={filters.q} />
          <FilterSelect name="event" label="Event" options={eventOptions} defaultValue={filters.event} />
          <Day name="from" label="From" value={filters.from} />
          <Day name="to" label="To" value={filters.to} />
          <Button type="submit">Filter</Button>
        </FilterForm>
        <Card label="Audit">
          {lines.length > 0 ? (
            <AuditRows lines={lines} />
          ) : filtered ? (
            <NoMatch
              title="No event matches"
              path={path}
              searched="names and e-mails of people, names of tables and numbers of requests; days are in UTC"
            />
          ) : (
            <EmptyState icon={ScrollText} title="Nothing happened yet">
              Whatever people and workers do is written down here, and stays.
            </EmptyState>
          )}
        </Card>
        <ListPages
          path={path}
          filters={filters}
          count={lines.length}
          noun="event"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

const exportHref = (filters: AuditPageFilters, as: "csv" | "jsonl") =>
  listHref(`${path}/export`, { as, ...filters });

function Sealed({ seal }: { seal: AuditSealView | null }) {
  if (!seal) return "Nothing is sealed yet: workers seal what happened every two seconds.";
  return (
    <span>
      Sealed up to <time dateTime={seal.at}>{absoluteWords(Date.parse(seal.at))}</time>, event by event (seal{" "}
      {seal.seq}): <span className="mono">audit verify</span> finds whatever was changed since.
    </span>
  );
}

/** A day in UTC. */
function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="inline-flex items-center gap-1.5 font-medium">
      {label}
      <input type="date" name={name} defaultValue={value} className={`${controlClass} w-auto`} />
    </label>
  );
}
