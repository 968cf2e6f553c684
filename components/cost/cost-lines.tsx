import { TriangleAlert } from "lucide-react";
import { dollars } from "#components/cost/dollars.ts";
import { quantityWords } from "#components/cost/quantity-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Cost } from "#lib/table-spec/cost.ts";

/** An estimate line by line, its sum, and what it does not say. `CostLines({ name, cost })`. */
export function CostLines({ name, cost }: { name: string; cost: Cost }) {
  return (
    <>
      <table className="w-full" aria-label={`Cost of ${name} a month`}>
        <tbody>
          {cost.lines.map(({ what, monthly_usd, ...line }) => (
            <tr key={what} className="border-line border-b">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                {what} <span className="text-ink-2">{quantityWords(line)}</span>
              </th>
              <td className="py-1.5 text-right tabular-nums">{dollars(monthly_usd)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="mono py-1.5 pr-3 text-left font-semibold [overflow-wrap:anywhere]">
              {name}
            </th>
            <td className="py-1.5 text-right font-semibold tabular-nums">{dollars(cost.monthly_usd)}</td>
          </tr>
        </tbody>
      </table>
      {cost.notes.map((note) => (
        <p key={note} className="flex gap-1.5 text-sm text-wait">
          <Icon icon={TriangleAlert} className="mt-[3px]" />
          <span className="[overflow-wrap:anywhere]">{note}</span>
        </p>
      ))}
    </>
  );
}
