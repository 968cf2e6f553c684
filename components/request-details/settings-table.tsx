import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { type SpecRow, specRows } from "#lib/table-spec/review-rows.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";

const columns: Column<SpecRow>[] = [
  { id: "setting", header: "Setting", cell: ({ setting }) => setting },
  {
    id: "asked",
    header: "Asked",
    className: "[overflow-wrap:anywhere]",
    cell: ({ asked }) => asked,
  },
  {
    id: "default",
    header: "Default",
    narrowLabel: "default:",
    className: "text-ink-2",
    cell: (row) => row.default,
  },
];

/** What is asked of a table beside what it would be by default. `SettingsTable({ name, spec })`. */
export function SettingsTable({ name, spec }: { name: string; spec: TableSpec }) {
  return (
    <DataTable
      label={`Settings of ${name}`}
      columns={columns}
      rows={specRows(spec)}
      rowKey={({ field, setting }) => `${field} ${setting}`}
    />
  );
}
