"use client";

import { CostLines } from "#components/cost/cost-lines.tsx";
import { dollars } from "#components/cost/dollars.ts";
import { TextField } from "#components/form/text-field.tsx";
import { useAssumedUsage } from "#components/request-details/assumed-usage.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { estimateCost, totalCost, type Usage } from "#lib/table-spec/cost.ts";
import { pricesOf } from "#lib/table-spec/prices.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";

type CostCardProps = { region: string; tables: readonly { key: string; name: string; spec: TableSpec }[] };

/** What the tables are expected to cost a month, and on what assumption; a reader may try others. `CostCard({ region, tables })`. */
export function CostCard({ region, tables }: CostCardProps) {
  const assumed = useAssumedUsage();
  const prices = pricesOf(region);
  const costs = tables.map(({ key, spec }) => estimateCost(spec, assumed?.usage[key], prices));
  const total = totalCost(costs);
  if (prices === null) {
    return (
      <Card>
        <CardHeader title="Cost a month" />
        <CardBody>No estimate: there is no price list for {region} here.</CardBody>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title="Cost a month"
        aside={<span className="text-ink-2 text-sm">prices of {dateWords(prices.asOf)}</span>}
      />
      <CardBody className="stack gap-3">
        {total ? (
          <p>
            About <b>{dollars(total.monthly_usd)}</b>
            {total.complete ? null : ", not counting tables of which nobody said how they are used"}
            {assumed?.changed ? <span className="text-wait"> as you assume</span> : null}
          </p>
        ) : (
          <p>No estimate yet: the requester did not say how the tables will be used.</p>
        )}
        {tables.map(({ key, name }, at) => {
          const cost = costs[at];
          return cost ? <CostLines key={key} name={name} cost={cost} /> : null;
        })}
        {assumed ? (
          <details>
            <summary className="link w-fit cursor-pointer">
              {total ? "Assume something else" : "Assume something"}
            </summary>
            <div className="stack gap-3 pt-2.5">
              <p className="text-ink-2 text-sm">
                Nothing of the request changes. What you assume when you approve is kept with your decision.
              </p>
              {tables.map(({ key, name }) => (
                <Assumption
                  key={key}
                  name={name}
                  usage={assumed.usage[key] ?? none}
                  onChange={(usage) => assumed.assume(key, usage)}
                />
              ))}
              {assumed.changed ? (
                <Button className="justify-self-start" onClick={assumed.reset}>
                  Back to the requester's figures
                </Button>
              ) : null}
            </div>
          </details>
        ) : null}
        <p className="text-ink-2 text-sm">
          Assumes eventually consistent reads and 730 hours a month; no free tier, transfer, KMS or backups on
          demand.
        </p>
      </CardBody>
    </Card>
  );
}

const none: Usage = { reads_per_second: 0, writes_per_second: 0, item_kb: 1, items: 0 };

const fields: { field: keyof Usage; label: string; most: number }[] = [
  { field: "reads_per_second", label: "Reads a second", most: 1e9 },
  { field: "writes_per_second", label: "Writes a second", most: 1e9 },
  { field: "item_kb", label: "Size of an item in KB", most: 400 },
  { field: "items", label: "Items", most: 1e15 },
];

type AssumptionProps = { name: string; usage: Usage; onChange: (usage: Usage) => void };

function Assumption({ name, usage, onChange }: AssumptionProps) {
  return (
    <fieldset className="grid grid-cols-2 gap-3">
      <legend className="mono pb-1 [overflow-wrap:anywhere]">{name}</legend>
      {fields.map(({ field, label, most }) => (
        <TextField
          key={field}
          label={label}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={String(usage[field])}
          onChange={(event) => {
            const value = Number(event.target.value);
            // What is no figure yet, while somebody types, changes nothing.
            if (event.target.value.trim() !== "" && value >= 0 && value <= most)
              onChange({ ...usage, [field]: value });
          }}
        />
      ))}
    </fieldset>
  );
}

const dateWords = (asOf: string) =>
  new Date(`${asOf}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
