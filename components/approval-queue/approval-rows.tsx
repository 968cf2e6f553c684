import { Check, CircleX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { approvalEntries, entryInTurn } from "#lib/requests/approval-progress.ts";
import type { RequestView } from "#lib/requests/schema.ts";

/** What a row shows of a request; every `RequestView` with its counted findings is one. */
export type ApprovalRow = Pick<
  RequestView,
  | "id"
  | "number"
  | "kind"
  | "version"
  | "project"
  | "environment"
  | "requester_name"
  | "created_at"
  | "approvals"
> & {
  tables: readonly { name: string }[];
  /** How many findings of each level; null when they could not be worked out. */
  checks: { denials: number; warnings: number } | null;
};

/** The queue, one request a row. `ApprovalRows({ rows, viewerGroups })`. */
export function ApprovalRows({
  rows,
  viewerGroups,
}: {
  rows: readonly ApprovalRow[];
  viewerGroups: readonly string[];
}) {
  const columns: Column<ApprovalRow>[] = [
    { id: "request", header: "Request", cell: (row) => <RequestCell row={row} /> },
    {
      id: "environment",
      header: "Environment",
      cell: ({ environment }) => <EnvChip environment={environment} />,
    },
    { id: "asker", header: "Asked by", cell: ({ requester_name }) => requester_name },
    {
      id: "age",
      header: "Age",
      align: "end",
      className: "text-ink-2",
      cell: ({ created_at }) => <RelativeTime at={created_at} style="short" />,
    },
    { id: "checks", header: "Checks", cell: ({ checks }) => <Checks checks={checks} /> },
    { id: "given", header: "Given", narrowLabel: "Given", className: "text-ink-2", cell: given },
    {
      id: "turn",
      header: "Next",
      narrowLabel: "Next:",
      cell: (row) => <Turn row={row} viewerGroups={viewerGroups} />,
    },
  ];
  return (
    <DataTable label="Requests waiting for approval" columns={columns} rows={rows} rowKey={({ id }) => id} />
  );
}

function RequestCell({ row }: { row: ApprovalRow }) {
  return (
    <>
      <Link href={`/requests/${row.id}`} prefetch={false} className="link-alone font-semibold">
        {requestTitle(row)}
      </Link>{" "}
      <span className="text-ink-2">#{row.number}</span>
    </>
  );
}

function Checks({ checks }: { checks: ApprovalRow["checks"] }) {
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

function entriesOf({ approvals, version }: ApprovalRow) {
  const given = approvals.given.map((one) => ({ ...one, personId: one.person }));
  return approvalEntries(approvals.required, given, version);
}

function given(row: ApprovalRow): string {
  const entries = entriesOf(row);
  const sum = (pick: (entry: (typeof entries)[number]) => number) =>
    entries.reduce((all, entry) => all + pick(entry), 0);
  return `${sum((entry) => entry.given)} of ${sum((entry) => entry.count)}`;
}

function Turn({ row, viewerGroups }: { row: ApprovalRow; viewerGroups: readonly string[] }) {
  const turn = entryInTurn(entriesOf(row));
  if (!turn) return null;
  if (!viewerGroups.includes(turn.group)) return <span className="text-ink-2">{turn.group}</span>;
  return (
    <span>
      {turn.group} <span className="text-ink-2">(you)</span>
    </span>
  );
}
