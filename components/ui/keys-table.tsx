import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

export type KeyMark = "first" | "second" | null;

type KeysTableProps = {
  label: string;
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** Marks whole rows by a coloured edge at their first cell. */
  rowMarks?: readonly KeyMark[];
  /** Marks whole columns by a coloured edge. */
  columnMarks?: readonly KeyMark[];
};

const edges: Record<"first" | "second", string> = {
  first: "shadow-[inset_3px_0_var(--color-accent)]",
  second: "shadow-[inset_3px_0_var(--color-info)]",
};

/**
 * A small grid in which keys carry a coloured edge (first: accent, second: blue).
 * `KeysTable({ label, head, rows, rowMarks, columnMarks })`.
 */
export function KeysTable({ label, head, rows, rowMarks, columnMarks }: KeysTableProps) {
  const edge = (row: number, column: number) => {
    const mark = columnMarks?.[column] ?? (column === 0 ? rowMarks?.[row] : null);
    return mark ? edges[mark] : null;
  };
  return (
    <div className="w-full overflow-x-auto rounded-md border border-line">
      <table aria-label={label} className="w-full text-sm">
        <thead className="border-line border-b bg-sunken text-ink-2">
          <tr>
            {head.map((word) => (
              <th
                key={word}
                scope="col"
                className="border-line px-2.5 py-1.5 text-left font-strong not-last:border-r"
              >
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: example rows may repeat and never move
            <tr key={row}>
              {cells.map((cell, column) => (
                <td
                  key={head[column]}
                  className={classNames(
                    "border-line px-2.5 py-1.5 align-top not-last:border-r",
                    edge(row, column),
                  )}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
