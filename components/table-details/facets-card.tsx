import { Check, CircleSlash, Clock, type LucideIcon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import type { FacetRow, Verdict } from "#components/table-details/facet-row.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";

const verdicts: Record<Verdict, { word: string; tone: Tone; icon: LucideIcon }> = {
  same: { word: "same", tone: "ok", icon: Check },
  differs: { word: "differs", tone: "wait", icon: TriangleAlert },
  unsupported: { word: "not supported here", tone: "neutral", icon: CircleSlash },
  unread: { word: "not read", tone: "neutral", icon: Clock },
};

const columns: Column<FacetRow>[] = [
  { id: "facet", header: "Setting", cell: ({ facet }) => facet },
  { id: "approved", header: "Approved", narrowLabel: "approved:", cell: ({ approved }) => approved },
  {
    id: "found",
    header: "Found",
    narrowLabel: "found:",
    className: "[overflow-wrap:anywhere]",
    cell: ({ found, notes, verdict }) => (
      <>
        {verdict === "differs" ? <b>{found}</b> : found}
        {notes.map((note) => (
          <span key={note} className="block text-ink-2 text-sm">
            {note}
          </span>
        ))}
      </>
    ),
  },
  {
    id: "verdict",
    header: "Comparison",
    align: "end",
    cell: ({ verdict }) => (
      <Badge tone={verdicts[verdict].tone} icon={verdicts[verdict].icon}>
        {verdicts[verdict].word}
      </Badge>
    ),
  },
];

type FacetsCardProps = { rows: readonly FacetRow[]; request: { id: string; number: number } };

/** Every setting as approved beside what was found. `FacetsCard({ rows, request })`. */
export function FacetsCard({ rows, request }: FacetsCardProps) {
  return (
    <Card>
      <CardHeader
        title="As approved, as found"
        aside={
          <>
            approved with{" "}
            <Link href={`/requests/${request.id}`} prefetch={false} className="link">
              request {request.number}
            </Link>
          </>
        }
      />
      <DataTable label="As approved, as found" columns={columns} rows={rows} rowKey={({ id }) => id} />
    </Card>
  );
}
