import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

export type DraftItem = {
  id: string;
  /** Where it is resumed. */
  href: string;
  project: string | null;
  environment: string | null;
  keys: readonly string[];
  /** ISO 8601. */
  updated_at: string;
};

const columns: Column<DraftItem>[] = [
  {
    id: "draft",
    header: "Draft",
    cell: ({ href, keys, project }) => (
      <>
        <Link href={href} prefetch={false} className="link-alone font-semibold">
          {project ? `Tables for ${project}` : "Tables, project not chosen yet"}
        </Link>{" "}
        <span className="mono text-ink-2 [overflow-wrap:anywhere]">{keys.filter(Boolean).join(", ")}</span>
      </>
    ),
  },
  {
    id: "environment",
    header: "Environment",
    cell: ({ environment }) => (environment ? <EnvChip environment={environment} /> : null),
  },
  {
    id: "saved",
    header: "Saved",
    align: "end",
    className: "text-ink-2",
    narrowLabel: "Saved",
    cell: ({ updated_at }) => <RelativeTime at={updated_at} />,
  },
];

/** Requests that are not submitted yet. `Drafts({ drafts })`. */
export function Drafts({ drafts }: { drafts: readonly DraftItem[] }) {
  return (
    <Card>
      <CardHeader title="Your drafts" />
      <DataTable label="Your drafts" columns={columns} rows={drafts} rowKey={({ id }) => id} />
    </Card>
  );
}
