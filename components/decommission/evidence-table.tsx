import { evidenceRows } from "#components/decommission/evidence-words.ts";
import type { Evidence } from "#lib/requests/schema.ts";

type EvidenceTableProps = {
  /** What was known when the request was made; null before there is one. */
  asked: Evidence | null;
  now: Evidence;
  /** When the page was made, for ages. */
  readAtMilliseconds: number;
};

/** What is known of a table that may go, and what was when that was asked. `EvidenceTable({ asked, now, readAtMilliseconds })`. */
export function EvidenceTable({ asked, now, readAtMilliseconds }: EvidenceTableProps) {
  const before = asked ? evidenceRows(asked, readAtMilliseconds) : null;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left [&_td]:py-1 [&_td]:pr-3 [&_th]:py-1 [&_th]:pr-3 [&_th]:font-normal">
        <caption className="sr-only">Evidence</caption>
        <thead className={before ? "text-ink-2 text-sm" : "sr-only"}>
          <tr>
            <th scope="col">Fact</th>
            {before ? <th scope="col">When asked</th> : null}
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {evidenceRows(now, readAtMilliseconds).map(({ id, fact, words }, index) => (
            <tr key={id} className="border-line border-t">
              <th scope="row" className="text-ink-2">
                {fact}
              </th>
              {before ? <td className="tabular-nums">{before[index]!.words}</td> : null}
              <td className="tabular-nums">{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pt-1.5 text-ink-2 text-sm">
        DynamoDB counts items and size about every six hours: a table that reads empty may have been written
        to since.
      </p>
    </div>
  );
}
