import { ArrowRight } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { attributeTypeLabel, billingModeLabel, fieldLabel, patternLabel } from "#lib/table-spec/describe.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { Found } from "./found.ts";

/** Most tables in one request. */
const mostTables = 100;

type FoundTablesProps = { found: Found; changed: boolean; opening: boolean; onOpen: () => void };

/** The tables that were read, and the way on. `changed`: the text is not what was read any more. */
export function FoundTables({ found, changed, opening, onOpen }: FoundTablesProps) {
  const tables = Object.entries(found.tables);
  const count = tables.length === 1 ? "One table" : `${tables.length} tables`;
  return (
    <Card>
      <CardHeader title={count} />
      <CardBody className="stack gap-3">
        {changed ? (
          <Note tone="info">The text has changed since; read it again to see what it says now.</Note>
        ) : null}
        <div className="cluster">
          <Button
            variant={changed ? "default" : "primary"}
            icon={ArrowRight}
            onClick={onOpen}
            pending={opening}
            disabledReason={whyNot(tables.length, changed)}
          >
            Open in the wizard
          </Button>
          <span className="text-ink-2 text-sm">You choose the project and environment there.</span>
        </div>
      </CardBody>
      <ul>
        {tables.map(([key, spec]) => (
          <li key={key} className="grid gap-0.5 border-line border-t px-3.5 py-2.5">
            <h3 className="[overflow-wrap:anywhere] font-mono">{key}</h3>
            <p>
              <Keys spec={spec} />
            </p>
            <p className="text-ink-2 text-sm">{factsOf(spec).join(" · ")}</p>
            <ToFillIn spec={spec} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function whyNot(count: number, changed: boolean): string | null {
  if (changed) return "The text has changed. Read it again first.";
  if (count <= mostTables) return null;
  return `A request holds at most ${mostTables} tables. Take ${count - mostTables} out of the text and read it again.`;
}

function Keys({ spec }: { spec: Partial<TableSpec> }) {
  const names = [spec.partition_key, spec.sort_key].filter((name) => typeof name === "string");
  return names.map((name, place) => (
    <span key={name}>
      {place > 0 ? ", " : null}
      <span className="mono [overflow-wrap:anywhere]">{name}</span>{" "}
      <span className="text-ink-2">
        {attributeTypeLabel[spec.attribute_types?.[name] ?? "S"].toLowerCase()}
      </span>
    </span>
  ));
}

function factsOf(spec: Partial<TableSpec>): string[] {
  const indexes =
    Object.keys(spec.global_secondary_indexes ?? {}).length +
    Object.keys(spec.local_secondary_indexes ?? {}).length;
  return [
    spec.type && patternLabel[spec.type],
    spec.billing_mode && billingModeLabel[spec.billing_mode],
    indexes === 1 ? "one index" : indexes > 1 ? `${indexes} indexes` : "no index",
    spec.enable_ttl && "TTL",
    spec.enable_stream && "stream",
    spec.enable_point_in_time_recovery && "point-in-time recovery",
  ].filter((fact) => typeof fact === "string");
}

/** Fields that Terraform works out; the wizard shows them empty, or with the default. */
function ToFillIn({ spec }: { spec: Partial<TableSpec> }) {
  const missing = Object.entries(fieldLabel).filter(([field]) => !Object.hasOwn(spec, field));
  if (missing.length === 0) return null;
  return (
    <p className="text-sm text-wait">
      To fill in or check: {missing.map(([, label]) => label.toLowerCase()).join(", ")}
    </p>
  );
}
