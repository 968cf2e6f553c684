import { EvidenceTable } from "#components/decommission/evidence-table.tsx";
import { staysWords } from "#components/decommission/evidence-words.ts";
import type { PlannedStep } from "#components/request-details/request-page.ts";
import { SettingsTable } from "#components/request-details/settings-table.tsx";
import { TableCardState } from "#components/request-details/table-card-state.tsx";
import { TableSteps } from "#components/request-details/table-steps.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { RequestTableView } from "#lib/requests/schema.ts";
import { patternLabel } from "#lib/table-spec/describe.ts";

type TableCardProps = {
  table: Pick<RequestTableView, "key" | "name" | "spec" | "unsupported" | "evidence">;
  plan: readonly PlannedStep[];
  /** Folds the settings away, where many tables share a page. */
  folded: boolean;
  /** When the page was made, for ages. */
  readAtMilliseconds: number;
};

/** One table of a request: its state, what runs for it, what was asked. `TableCard({ table, plan, folded, readAtMilliseconds })`. */
export function TableCard({ table, plan, folded, readAtMilliseconds }: TableCardProps) {
  const settings = <SettingsTable name={table.name} spec={table.spec} />;
  return (
    <Card id={`table-${table.key}`}>
      <CardHeader
        mono
        title={table.name}
        badges={<Badge>{patternLabel[table.spec.type]}</Badge>}
        aside={<TableCardState tableKey={table.key} />}
      />
      <CardBody>
        <TableSteps tableKey={table.key} plan={plan} />
        {table.evidence ? (
          <div className="pt-3.5">
            <h3 className="pb-1">Evidence</h3>
            <EvidenceTable {...table.evidence} readAtMilliseconds={readAtMilliseconds} />
            <p className="pt-2.5 [overflow-wrap:anywhere]">
              What stays: {staysWords(table.name, table.evidence.now.point_in_time_recovery)}
            </p>
          </div>
        ) : null}
      </CardBody>
      {folded ? (
        <details className="border-line border-t">
          <summary className="link cursor-pointer px-3.5 py-2.5">Settings</summary>
          {settings}
        </details>
      ) : (
        <div className="border-line border-t">{settings}</div>
      )}
    </Card>
  );
}
