"use client";

import { TextField } from "#components/form/text-field.tsx";
import { figureProblem, shownFigure, usageFields } from "#components/request-details/assumed-figures.ts";
import { useAssumedUsage } from "#components/request-details/assumed-usage.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Usage } from "#lib/table-spec/cost.ts";

type AssumptionFieldsProps = { tables: readonly { key: string; name: string }[] };

/** Where a reviewer assumes another use of the tables than the requester. `AssumptionFields({ tables })`. */
export function AssumptionFields({ tables }: AssumptionFieldsProps) {
  const assumed = useAssumedUsage();
  if (!assumed?.may) return null;
  return (
    <details>
      <summary className="link w-fit cursor-pointer">Assume something else</summary>
      <div className="stack gap-3 pt-2.5">
        <p className="text-ink-2 text-sm">
          Nothing of the request changes. What you assume when you approve is kept with your decision.
        </p>
        {tables.map(({ key, name }) => (
          <TableFields key={key} tableKey={key} name={name} />
        ))}
        {Object.keys(assumed.typed).length > 0 ? (
          <Button className="justify-self-start" onClick={assumed.reset}>
            Back to the requester's figures
          </Button>
        ) : null}
      </div>
    </details>
  );
}

const labels: Record<keyof Usage, string> = {
  reads_per_second: "Reads a second",
  writes_per_second: "Writes a second",
  item_kb: "Size of an item in KB",
  items: "Items",
};

function TableFields({ tableKey, name }: { tableKey: string; name: string }) {
  const assumed = useAssumedUsage();
  if (!assumed) return null;
  return (
    <fieldset className="grid grid-cols-2 gap-3">
      <legend className="mono pb-1 [overflow-wrap:anywhere]">{name}</legend>
      {usageFields.map((field) => {
        const text = shownFigure(field, assumed.asked[tableKey], assumed.typed[tableKey] ?? {});
        return (
          <TextField
            key={field}
            label={labels[field]}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            error={figureProblem(field, text)}
            onChange={(event) => assumed.type(tableKey, field, event.target.value)}
          />
        );
      })}
    </fieldset>
  );
}
