import { ArrowRight } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import {
  attributeTypeLabel,
  billingModeLabel,
  fieldLabel,
  patternLabel,
  shownName,
} from "#lib/table-spec/describe.ts";
import type { AttributeType } from "#lib/table-spec/spec-fields.ts";
import type { Found } from "./found.ts";

type Spec = Found["tables"][string];

type FoundTablesProps = {
  tables: Found["tables"];
  changed: boolean;
  opening: boolean;
  onOpen: () => void;
};

/** The tables that were read, and the way on. `changed`: the text is not what was read any more. */
export function FoundTables({ tables: byKey, changed, opening, onOpen }: FoundTablesProps) {
  const tables = Object.entries(byKey);
  const count = tables.length === 1 ? "One table" : `${tables.length} tables`;
  return (
    <Card>
      <CardHeader title={count} aside={changed ? "the text has changed since" : null} />
      <CardBody>
        <div className="cluster">
          <Button
            variant={changed ? "default" : "primary"}
            icon={ArrowRight}
            onClick={onOpen}
            pending={opening}
            disabledReason={changed ? "Read the changed text first." : null}
          >
            Open in the wizard
          </Button>
          {changed ? null : (
            <span className="text-ink-2 text-sm">You choose the project and environment there.</span>
          )}
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

function Keys({ spec }: { spec: Spec }) {
  const names = [spec.partition_key, spec.sort_key].filter((name) => typeof name === "string");
  return names.map((name, place) => (
    <span key={place === 0 ? "partition" : "sort"}>
      {place > 0 ? ", " : null}
      <span className="mono [overflow-wrap:anywhere]">{shownName(name)}</span>{" "}
      <span className="text-ink-2">{attributeTypeLabel[typeOf(spec, name)].toLowerCase()}</span>
    </span>
  ));
}

function typeOf({ attribute_types: types }: Spec, name: string): AttributeType {
  return (types && Object.hasOwn(types, name) ? types[name] : null) ?? "S";
}

function factsOf(spec: Spec): string[] {
  const { global_secondary_indexes: global, local_secondary_indexes: local } = spec;
  const indexes = Object.keys({ ...global, ...local }).length;
  return [
    spec.type && patternLabel[spec.type],
    spec.billing_mode && billingModeLabel[spec.billing_mode],
    indexes === 1 ? "one index" : indexes > 1 ? `${indexes} indexes` : global && local && "no index",
    spec.enable_ttl && "TTL",
    spec.enable_stream && "stream",
    spec.enable_point_in_time_recovery && "point-in-time recovery",
  ].filter((fact) => typeof fact === "string");
}

/** "Partition key" within a sentence: "partition key"; "TTL attribute" stays. */
const inSentence = (label: string) => label.replace(/^[A-Z](?=[^A-Z])/, (letter) => letter.toLowerCase());

/** Fields that Terraform works out; the wizard shows them empty, or with the default. */
function ToFillIn({ spec }: { spec: Spec }) {
  const missing = Object.entries(fieldLabel).filter(([field]) => !Object.hasOwn(spec, field));
  if (missing.length === 0) return null;
  return (
    <p className="text-sm text-wait">
      To fill in or check: {missing.map(([, label]) => inSentence(label)).join(", ")}
    </p>
  );
}
