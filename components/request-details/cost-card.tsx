"use client";

import { CostLines } from "#components/cost/cost-lines.tsx";
import { dollars } from "#components/cost/dollars.ts";
import { priceDate } from "#components/cost/price-date.ts";
import { usageWords } from "#components/cost/usage-words.ts";
import { useAssumedUsage } from "#components/request-details/assumed-usage.tsx";
import { AssumptionFields } from "#components/request-details/assumption-fields.tsx";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { type Cost, estimateCost, totalCost } from "#lib/table-spec/cost.ts";
import type { RegionPrices } from "#lib/table-spec/prices.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";

type CostCardProps = {
  region: string;
  /** Null: there is no price list of the Region. */
  prices: RegionPrices | null;
  tables: readonly { key: string; name: string; spec: TableSpec }[];
};

/** With more tables than this their lines are folded away. */
const mostUnfolded = 4;

/** What the tables are expected to cost a month, and on whose assumption. `CostCard({ region, prices, tables })`. */
export function CostCard({ region, prices, tables }: CostCardProps) {
  const assumed = useAssumedUsage();
  if (prices === null) {
    return (
      <Card label="Cost a month">
        <CardHeader title="Cost a month" />
        <CardBody>
          No estimate: there is no price list for {region} here. The platform team can name AWS’s in the
          configuration.
        </CardBody>
      </Card>
    );
  }
  const costs = tables.map(({ key, spec }) =>
    estimateCost(spec, assumed?.own[key] ?? assumed?.asked[key], prices),
  );
  return (
    <Card label="Cost a month">
      <CardHeader
        title="Cost a month"
        aside={<span className="text-ink-2 text-sm">prices of {priceDate(prices.asOf)}</span>}
      />
      <CardBody className="stack gap-3">
        <Total costs={costs} changed={Object.keys(assumed?.own ?? {}).length > 0} />
        {tables.map(({ key, name }, at) => (
          <TableCost
            key={key}
            tableKey={key}
            name={name}
            cost={costs[at] ?? null}
            folded={tables.length > mostUnfolded}
          />
        ))}
        <AssumptionFields tables={tables} />
        <p className="text-ink-2 text-sm">
          Assumes eventually consistent reads and 730 hours a month; no free tier, transfer, KMS or backups on
          demand.
        </p>
      </CardBody>
    </Card>
  );
}

function Total({ costs, changed }: { costs: readonly (Cost | null)[]; changed: boolean }) {
  const total = totalCost(costs);
  // Somebody who types figures hears what comes of them.
  return (
    <p aria-live="polite">
      {total ? (
        <>
          About <b className="tabular-nums">{dollars(total.monthly_usd)}</b>
          {changed ? <span className="text-wait"> as you assume</span> : null}
          {total.complete ? null : ", not counting tables without an estimate"}
        </>
      ) : (
        "No estimate: nobody has said how the tables will be used."
      )}
    </p>
  );
}

type TableCostProps = { tableKey: string; name: string; cost: Cost | null; folded: boolean };

function TableCost({ tableKey, name, cost, folded }: TableCostProps) {
  const assumed = useAssumedUsage();
  const { requester_name } = useLiveRequest().page.request;
  const own = assumed?.own[tableKey];
  const asked = assumed?.asked[tableKey];
  if (!cost) return null;
  const lines = (
    <div className="grid gap-1">
      <CostLines name={name} cost={cost} />
      <p className="text-ink-2 text-sm">
        {own ? `As you assume: ${usageWords(own)}. ` : null}
        {asked
          ? `As ${requester_name} assumes: ${usageWords(asked)}.`
          : `${requester_name} did not say how it will be used.`}
      </p>
    </div>
  );
  if (!folded) return lines;
  return (
    <details>
      <summary className="cursor-pointer [overflow-wrap:anywhere]">
        <span className="mono">{name}</span> <b className="tabular-nums">{dollars(cost.monthly_usd)}</b>
      </summary>
      {lines}
    </details>
  );
}
