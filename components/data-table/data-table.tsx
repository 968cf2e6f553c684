import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and ages: to the right. */
  align?: "end";
  /** When narrow the header goes away: says it before the value where the value alone is not clear. */
  narrowLabel?: string;
  className?: string;
  /** A small thing in front of the row, a checkbox say: beside the first cell when narrow, its header only read out. */
  lead?: boolean;
};

type DataTableProps<Row> = {
  /** What the rows are, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/**
 * A table whose rows become blocks when narrow: the first cell on a line of its own, the others flowing below it.
 * `DataTable({ label, columns: { id, header, cell, align, narrowLabel, className }[], rows, rowKey })`.
 * The roles are spelled out because `display: block` takes them away.
 */
export function DataTable<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: `display: block` takes the native roles away
    <div className="overflow-clip">
      <table role="table" aria-label={label} className="block w-full wide:table">
        <thead role="rowgroup" className="sr-only wide:not-sr-only wide:table-header-group">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.id}
                role="columnheader"
                scope="col"
                className={classNames(
                  "whitespace-nowrap border-line border-b bg-sunken px-3.5 py-1.5 font-strong text-ink-2 text-xs",
                  column.align === "end" ? "text-right" : "text-left",
                )}
              >
                {column.lead ? <span className="sr-only">{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block wide:table-row-group">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              role="row"
              className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-line px-3.5 py-3 not-last:border-b hover:bg-accent-soft/45 has-[a:focus-visible]:bg-accent-soft/45 wide:table-row wide:p-0"
            >
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  role="cell"
                  className={classNames(
                    "block min-w-0 align-top empty:hidden wide:table-cell wide:px-3.5 wide:py-2 wide:empty:table-cell",
                    index === 0 && !column.lead && "basis-full",
                    columns[index - 1]?.lead && "basis-[calc(100%-2.5rem)]",
                    column.align === "end" && "wide:text-right",
                    column.className,
                  )}
                >
                  {column.narrowLabel ? (
                    <span className="text-ink-3 wide:hidden">{column.narrowLabel} </span>
                  ) : null}
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    // biome-ignore-end lint/a11y/noRedundantRoles: `display: block` takes the native roles away
  );
}
