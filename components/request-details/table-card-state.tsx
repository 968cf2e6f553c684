"use client";

import Link from "next/link";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { isOver } from "#components/request-details/request-page.ts";
import { TableStateBadge } from "#components/state-badge/table-state-badge.tsx";

/** The state of a table now, and the way to its page once it has one. `TableCardState({ tableKey })`. */
export function TableCardState({ tableKey }: { tableKey: string }) {
  const { request } = useLiveRequest().page;
  const table = request.tables.find(({ key }) => key === tableKey);
  if (!table) return null;
  return (
    <span className="cluster">
      {table.table_id && (table.state !== "pending" || request.kind === "decommission") ? (
        <Link href={`/tables/${table.table_id}`} prefetch={false} className="link">
          Open table
        </Link>
      ) : null}
      {table.state === "pending" && isOver(request.state) ? null : <TableStateBadge state={table.state} />}
    </span>
  );
}
