import { Check, CircleX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { RequestView } from "#lib/requests/schema.ts";

/** How many findings of each level a request has. */
type FindingCounts = { denials: number; warnings: number };

/** One request of the queue, as `listApprovalQueue` answers it. */
export type ApprovalRow = {
  request: Pick<
    RequestView,
    "id" | "number" | "kind" | "project" | "environment" | "requester_name" | "created_at"
  > & { tables: readonly { name: string }[] };
  /** Approvals given, of how many. */
  given: number;
  needed: number;
  /** The group whose turn it is. */
  turn: string | null;
  /** Whether the reader can decide now. */
  may: { allowed: boolean };
  /** Null when they could not be worked out; absent everywhere: no such column. */
  checks?: FindingCounts | null;
};

const columns: Column<ApprovalRow>[] = [
  { id: "request", header: "Request", cell: ({ request }) => <RequestCell request={request} /> },
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
  { id: "checks", header: "Checks", cell: ({ checks }) => <Checks checks={checks ?? null} /> },
  {
    id: "given",
    header: "Given",
    narrowLabel: "Given",
    className: "text-ink-2",
    cell: ({ given, needed }) => `${given} of ${needed}`,
  },
  { id: "turn", header: "Next", narrowLabel: "Next:", cell: (row) => <Turn row={row} /> },
];

/** The queue, one request a row. `ApprovalRows({ rows })`. */
export function ApprovalRows({ rows }: { rows: readonly ApprovalRow[] }) {
  const checked = rows.some(({ checks }) => checks !== undefined);
  return (
    <DataTable
      label="Requests waiting for approval"
      columns={checked ? columns : columns.filter(({ id }) => id !== "checks")}
      rows={rows}
      rowKey={({ request }) => request.id}
    />
  );
}

function RequestCell({ request }: { request: ApprovalRow["request"] }) {
  return (
    <>
      <Link href={`/requests/${request.id}`} prefetch={false} className="link-alone font-semibold">
        {requestTitle(request)}
      </Link>{" "}
      <span className="text-ink-2">#{request.number}</span>
    </>
  );
}

function Checks({ checks }: { checks: FindingCounts | null }) {
  if (!checks) return <Badge>not checked</Badge>;
  const { denials, warnings } = checks;
  if (denials > 0) {
    return (
      <Badge tone="bad" icon={CircleX}>
        {denials} {denials === 1 ? "denial" : "denials"}
      </Badge>
    );
  }
  if (warnings > 0) {
    return (
      <Badge tone="wait" icon={TriangleAlert}>
        {warnings} {warnings === 1 ? "warning" : "warnings"}
      </Badge>
    );
  }
  return (
    <Badge tone="ok" icon={Check}>
      all checks
    </Badge>
  );
}

function Turn({ row }: { row: ApprovalRow }) {
  if (!row.may.allowed) return <span className="text-ink-2">{row.turn}</span>;
  return (
    <span>
      {row.turn} <span className="text-ink-2">(you)</span>
    </span>
  );
}
