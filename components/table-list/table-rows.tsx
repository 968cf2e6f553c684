import { CircleAlert } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { TableStateBadge } from "#components/state-badge/table-state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { keysInWords } from "#lib/table-spec/describe.ts";
import type { TableView } from "#lib/tables/schema.ts";

/** What a row shows of a table; every `TableView` is one. */
export type TableRow = Pick<
  TableView,
  | "id"
  | "name"
  | "project"
  | "environment"
  | "environment_configured"
  | "state"
  | "stream"
  | "observed_at"
  | "created_at"
> & { spec: Pick<TableView["spec"], "partition_key" | "sort_key" | "type" | "enable_stream"> };

const streamWords: Record<string, string> = {
  NEW_AND_OLD_IMAGES: "new and old images",
  NEW_IMAGE: "new image",
  OLD_IMAGE: "old image",
  KEYS_ONLY: "keys only",
};

/** A stream that was asked for is not "off" only because nobody has looked yet. */
function streamCell({ stream, spec, observed_at }: TableRow): string {
  if (stream.enabled) return streamWords[stream.view_type ?? ""] ?? "on";
  return spec.enable_stream && observed_at === null ? "not yet" : "off";
}

const columns: Column<TableRow>[] = [
  {
    id: "name",
    header: "Table",
    cell: ({ id, name }) => (
      <Link
        href={`/tables/${id}`}
        prefetch={false}
        className="link-alone mono font-semibold [overflow-wrap:anywhere]"
      >
        {name}
      </Link>
    ),
  },
  { id: "state", header: "State", cell: ({ state }) => <TableStateBadge state={state} /> },
  { id: "environment", header: "Environment", cell: (table) => <Environment table={table} /> },
  { id: "project", header: "Project", cell: ({ project }) => <Project name={project} /> },
  { id: "keys", header: "Keys", className: "basis-full", cell: ({ spec }) => <Keys spec={spec} /> },
  {
    id: "stream",
    header: "Stream",
    narrowLabel: "Stream:",
    className: "text-ink-2",
    cell: streamCell,
  },
  {
    id: "observed",
    header: "Observed",
    align: "end",
    narrowLabel: "Observed",
    className: "text-ink-2",
    cell: ({ observed_at }) => (observed_at ? <RelativeTime at={observed_at} /> : "not yet"),
  },
];

/** Tables, one a row. `TableRows({ label, tables })`. */
export function TableRows({ label, tables }: { label: string; tables: readonly TableRow[] }) {
  return <DataTable label={label} columns={columns} rows={tables} rowKey={({ id }) => id} />;
}

function Project({ name }: { name: string }) {
  return (
    <Link href={`/projects/${encodeURIComponent(name)}`} prefetch={false} className="link-alone">
      {name}
    </Link>
  );
}

function Environment({ table }: { table: TableRow }) {
  return (
    <span className="cluster gap-1.5">
      <EnvChip environment={table.environment} />
      {table.environment_configured ? null : (
        <Badge tone="wait" icon={CircleAlert}>
          no longer configured
        </Badge>
      )}
    </span>
  );
}

function Keys({ spec }: { spec: TableRow["spec"] }) {
  return (
    <>
      <span className="mono [overflow-wrap:anywhere]">{keysInWords(spec)}</span>{" "}
      <span className="text-ink-2">{spec.type === "time-series" ? "time-series" : "key-value"}</span>
    </>
  );
}
