import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { RequestStateBadge } from "#components/state-badge/request-state-badge.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { TableNames } from "#components/state-badge/table-names.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { RequestView } from "#lib/requests/schema.ts";

/** What a row shows of a request; every `RequestView` is one. */
export type RequestRow = Pick<
  RequestView,
  "id" | "number" | "kind" | "state" | "project" | "environment" | "requester_name" | "created_at"
> & { tables: readonly { name: string }[] };

const columns: Column<RequestRow>[] = [
  { id: "request", header: "Request", cell: (request) => <RequestCell request={request} /> },
  {
    id: "environment",
    header: "Environment",
    cell: ({ environment }) => (environment ? <EnvChip environment={environment} /> : null),
  },
  { id: "state", header: "State", cell: ({ state }) => <RequestStateBadge state={state} /> },
  { id: "asker", header: "Asked by", cell: ({ requester_name }) => requester_name },
  {
    id: "age",
    header: "Age",
    align: "end",
    className: "text-ink-2",
    cell: ({ created_at }) => <RelativeTime at={created_at} style="short" />,
  },
];

/** Requests, one a row. `RequestRows({ label, requests })`. */
export function RequestRows({ label, requests }: { label: string; requests: readonly RequestRow[] }) {
  return <DataTable label={label} columns={columns} rows={requests} rowKey={({ id }) => id} />;
}

const draftTitle = ({ project }: RequestRow) =>
  project ? `Tables for ${project}` : "Tables, project not chosen yet";

function RequestCell({ request }: { request: RequestRow }) {
  const isDraft = request.state === "draft";
  return (
    <>
      <Link
        href={isDraft ? `/requests/new?draft=${request.id}` : `/requests/${request.id}`}
        prefetch={false}
        className="link-alone font-semibold"
      >
        {isDraft ? draftTitle(request) : requestTitle(request)}
      </Link>{" "}
      <span className="text-ink-2">#{request.number}</span>
      <TableNames tables={request.tables} />
    </>
  );
}
