import { Check, CircleX, Trash2, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { SelectRow } from "#components/approval-queue/select-row.tsx";
import { dollars } from "#components/cost/dollars.ts";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { TableNames } from "#components/state-badge/table-names.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { QueueItem } from "#lib/requests/queue-item.ts";

const columns: Column<QueueItem>[] = [
  { id: "request", header: "Request", cell: (row) => <RequestCell row={row} /> },
  {
    id: "environment",
    header: "Environment",
    cell: ({ request }) => <EnvChip environment={request.environment} />,
  },
  { id: "asker", header: "Asked by", cell: ({ request }) => request.requester_name },
  {
    id: "age",
    header: "Age",
    align: "end",
    className: "text-ink-2",
    cell: ({ request }) => <RelativeTime at={request.created_at} style="short" />,
  },
  {
    id: "cost",
    header: "Cost a month",
    align: "end",
    className: "tabular-nums",
    cell: ({ monthly_cents, monthly_more }) =>
      monthly_cents === null ? null : `${monthly_more ? "from " : ""}${dollars(monthly_cents / 100)}`,
  },
  { id: "checks", header: "Checks", cell: (row) => <Checks row={row} /> },
  {
    id: "given",
    header: "Given",
    narrowLabel: "Given",
    className: "whitespace-nowrap text-ink-2",
    cell: ({ broken, given, needed }) => (broken ? null : `${given} of ${needed}`),
  },
  { id: "turn", header: "Next", narrowLabel: "Next:", cell: (row) => <Turn row={row} /> },
];

const selection: Column<QueueItem> = {
  id: "select",
  header: "Select",
  lead: true,
  className: "self-start wide:w-0 wide:pr-0",
  cell: ({ request }) => <SelectRow id={request.id} />,
};

type ApprovalRowsProps = {
  rows: readonly QueueItem[];
  /** Below a `QueueDesk`: rows the reader can decide on can be selected. */
  selectable?: boolean;
};

/** The queue, one request a row. `ApprovalRows({ rows, selectable })`. */
export function ApprovalRows({ rows, selectable }: ApprovalRowsProps) {
  return (
    <DataTable
      label="Requests waiting for approval"
      columns={selectable ? [selection, ...columns] : columns}
      rows={rows}
      rowKey={({ request }) => request.id}
    />
  );
}

function RequestCell({ row: { request } }: { row: QueueItem }) {
  return (
    <>
      <Link
        href={`/requests/${request.id}`}
        prefetch={false}
        className="link-alone font-semibold"
        data-request={request.id}
      >
        {requestTitle(request)}
      </Link>{" "}
      <span className="text-ink-2">#{request.number}</span>
      <TableNames tables={request.tables} />
    </>
  );
}

/** What asks for a closer look; a plain request has no warnings. */
function Checks({ row: { request, broken, warnings } }: { row: QueueItem }) {
  if (broken) {
    return (
      <Badge tone="bad" icon={CircleX}>
        cannot be read
      </Badge>
    );
  }
  return (
    <span className="inline-flex flex-wrap gap-1">
      {request.kind === "decommission" ? (
        <Badge tone="bad" icon={Trash2}>
          deletes
        </Badge>
      ) : null}
      {warnings > 0 ? (
        <Badge tone="wait" icon={TriangleAlert}>
          {warnings} {warnings === 1 ? "warning" : "warnings"}
        </Badge>
      ) : request.kind === "decommission" ? null : (
        <Badge tone="ok" icon={Check}>
          no warnings
        </Badge>
      )}
    </span>
  );
}

function Turn({ row }: { row: QueueItem }) {
  if (!row.may.allowed) return <span className="text-ink-2">{row.turn}</span>;
  return (
    <span>
      {row.turn} <span className="text-ink-2">(you)</span>
    </span>
  );
}
