import { Check, CircleX, Clock, LoaderCircle, type LucideIcon, SearchX, Trash2 } from "lucide-react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { type TableState, tableStateWords } from "#lib/tables/state.ts";

/** A state without a look does not compile. */
const looks: Record<TableState, { tone: Tone; icon: LucideIcon }> = {
  pending: { tone: "neutral", icon: Clock },
  creating: { tone: "info", icon: LoaderCircle },
  active: { tone: "ok", icon: Check },
  updating: { tone: "info", icon: LoaderCircle },
  failed: { tone: "bad", icon: CircleX },
  deleting: { tone: "wait", icon: Trash2 },
  deleted: { tone: "neutral", icon: Trash2 },
  missing: { tone: "bad", icon: SearchX },
};

/** A table's state. `TableStateBadge({ state })`. */
export function TableStateBadge({ state }: { state: TableState }) {
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {tableStateWords[state]}
    </Badge>
  );
}
