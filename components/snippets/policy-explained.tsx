import { Check, X } from "lucide-react";
import type { PolicyFacts, QuotaId } from "#components/snippets/snippet-outcome.ts";
import { CardBody } from "#components/ui/card.tsx";
import { Icon } from "#components/ui/icon.tsx";

const quotaWords: Record<QuotaId, string> = {
  managed: "managed policy",
  inline_role: "inline in a role",
  inline_group: "inline in a group",
  inline_user: "inline in a user",
};

const count = (characters: number) => characters.toLocaleString("en-US");

/** What each statement of a policy allows, and where the policy fits. `PolicyExplained({ statements, size })`. */
export function PolicyExplained({ statements, size }: PolicyFacts) {
  return (
    <CardBody className="grid gap-3 border-line border-t text-sm">
      <section className="grid gap-1.5">
        <h3>What each statement says</h3>
        <dl className="grid gap-1.5">
          {statements.map(({ sid, sentence }) => (
            <div key={sid}>
              <dt className="font-mono">{sid}</dt>
              <dd className="text-ink-2 [overflow-wrap:anywhere]">{sentence}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="grid gap-1.5">
        <h3>
          {count(size.characters)} characters{" "}
          <span className="font-normal text-ink-2">as IAM counts them, without white space</span>
        </h3>
        <ul aria-label="Where it fits" className="grid gap-x-4 gap-y-0.5 text-ink-2 sm:grid-cols-2">
          {size.quotas.map(({ id, limit, fits }) => (
            <li key={id} className="flex items-center gap-1.5">
              <Icon icon={fits ? Check : X} className={fits ? "size-3 text-ok" : "size-3 text-bad"} />
              <span>
                {quotaWords[id]}, {count(limit)}:{" "}
                {fits ? "fits" : <span className="font-strong text-bad">too long</span>}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </CardBody>
  );
}
