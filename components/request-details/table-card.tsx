import type { PlannedStep } from "#components/request-details/request-page.ts";
import { SettingsTable } from "#components/request-details/settings-table.tsx";
import { TableCardState } from "#components/request-details/table-card-state.tsx";
import { TableSteps } from "#components/request-details/table-steps.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { RequestTableView } from "#lib/requests/schema.ts";
import { patternLabel } from "#lib/table-spec/describe.ts";

type TableCardProps = {
  table: Pick<RequestTableView, "key" | "name" | "spec" | "unsupported">;
  plan: readonly PlannedStep[];
  /** Folds the settings away, where many tables share a page. */
  folded: boolean;
};

/** One table of a request: its state, what runs for it, what was asked. `TableCard({ table, plan, folded })`. */
export function TableCard({ table, plan, folded }: TableCardProps) {
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
