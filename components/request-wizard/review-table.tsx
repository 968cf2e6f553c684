"use client";

import { CostLines } from "#components/cost/cost-lines.tsx";
import { priceDate } from "#components/cost/price-date.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { Cost } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { specRows } from "#lib/table-spec/review-rows.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { FindingNotes } from "./finding-notes.tsx";
import type { PlannedStep, PreviewTable } from "./use-preview.ts";
import { useWizard } from "./wizard-context.ts";

const hasNoDefault = new Set<keyof TableSpec>(["partition_key", "sort_key"]);

type ReviewTableProps = { tableKey: string; spec: TableSpec; previewed: PreviewTable | undefined };

/** One table of the review: what was found, what is asked beyond the defaults, and what will be called at AWS. */
export function ReviewTable({ tableKey, spec, previewed }: ReviewTableProps) {
  return (
    <Card label={`Table ${tableKey}`}>
      <CardHeader mono title={previewed?.name ?? tableKey} />
      <CardBody className="stack gap-3">
        {previewed ? <Findings findings={previewed.findings} /> : null}
        <div>
          <h3 className="pb-1">What is asked</h3>
          <dl className="grid gap-1">
            {specRows(spec).map(({ field, setting, asked, default: byDefault }) => (
              <div key={setting} className="grid gap-x-3.5 sm:grid-cols-[150px_minmax(0,1fr)]">
                <dt className="text-ink-2 [overflow-wrap:anywhere]">{setting}</dt>
                <dd className="min-w-0 [overflow-wrap:anywhere]">
                  {asked}
                  {byDefault === "none" || hasNoDefault.has(field) ? null : (
                    <span className="text-ink-2"> instead of {byDefault}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <p className="pt-1 text-ink-2 text-sm">Everything else is the default.</p>
        </div>
        {previewed ? <Plan steps={previewed.plan} /> : null}
        {previewed ? <ExpectedCost name={previewed.name} cost={previewed.cost} /> : null}
      </CardBody>
    </Card>
  );
}

function ExpectedCost({ name, cost }: { name: string; cost: Cost | null }) {
  const { options, values } = useWizard();
  const chosen = options.environments.find((one) => one.name === values.environment);
  return (
    <div>
      <h3 className="pb-1">Cost a month, about</h3>
      {cost ? (
        <>
          <CostLines name={name} cost={cost} />
          <p className="pt-1 text-ink-2 text-sm">By the prices of {priceDate(cost.as_of)}.</p>
        </>
      ) : (
        <p className="text-ink-2">
          {chosen?.priced
            ? "No estimate: say under Capacity what you expect."
            : `No estimate: there is no price list for ${chosen?.region ?? "this Region"} here.`}
        </p>
      )}
    </div>
  );
}

/** What stops or warns stands out; advice is listed. */
function Findings({ findings }: { findings: readonly Finding[] }) {
  const advice = findings.filter(({ level }) => level === "info");
  return (
    <>
      <FindingNotes findings={findings.filter(({ level }) => level !== "info")} />
      {advice.length > 0 ? (
        <div>
          <h3 className="pb-1">Good to know</h3>
          <ul className="grid list-disc gap-1 pl-4 text-ink-2 text-sm">
            {advice.map(({ id, path, message }) => (
              <li key={`${id} ${path}`}>{message}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

function Plan({ steps }: { steps: readonly PlannedStep[] }) {
  return (
    <div>
      <h3 className="pb-1">What will be done, in this order</h3>
      <ol className="grid gap-2">
        {steps.map(({ call, input, summary }, place) => (
          <li key={call + summary} className="grid grid-cols-[1.5rem_minmax(0,1fr)]">
            <span className="text-ink-2">{place + 1}.</span>
            <div className="min-w-0">
              <span className="[overflow-wrap:anywhere]">{summary}</span>
              <details className="pt-0.5">
                <summary className="cursor-pointer text-ink-2 text-sm">
                  <span className="mono">{call}</span> as JSON
                </summary>
                <section
                  aria-label={`${call} as JSON`}
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
                  tabIndex={0}
                  className="mt-1 max-h-[50vh] overflow-auto rounded-md bg-sunken px-3 py-2.5"
                >
                  <pre className="text-sm leading-[1.55]">{JSON.stringify(input, null, 2)}</pre>
                </section>
              </details>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
