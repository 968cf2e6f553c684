import { dollars } from "#components/cost/dollars.ts";
import { quantityWords } from "#components/cost/quantity-words.ts";
import type { Cost } from "#lib/table-spec/cost.ts";

/** An estimate line by line, and its sum. `CostLines({ name, cost })`. */
export function CostLines({ name, cost }: { name: string; cost: Cost }) {
  return (
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
  );
}
