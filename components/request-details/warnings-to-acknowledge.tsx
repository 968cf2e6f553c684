"use client";

import { groupFindings } from "#components/request-details/group-findings.ts";
import type { Finding } from "#lib/table-spec/findings.ts";

type WarningsToAcknowledgeProps = {
  warnings: readonly Finding[];
  /** Ids of the guardrails that are acknowledged. */
  acknowledged: ReadonlySet<string>;
  onChange: (acknowledged: ReadonlySet<string>) => void;
  /** A sentence when one is missing. */
  error: string | null;
};

/**
 * What guardrails warn of, a box each that whoever approves checks; nothing where they warn of nothing.
 * `WarningsToAcknowledge({ warnings, acknowledged, onChange, error })`.
 */
export function WarningsToAcknowledge(props: WarningsToAcknowledgeProps) {
  const { warnings, acknowledged, onChange, error } = props;
  if (warnings.length === 0) return null;
  const ids = [...new Set(warnings.map(({ id }) => id))];
  const change = (id: string, checked: boolean) => {
    const others = [...acknowledged].filter((one) => one !== id);
    onChange(new Set(checked ? [...others, id] : others));
  };
  return (
    <fieldset className="grid gap-2 pb-3">
      <legend className="pb-1 font-semibold">Warnings you acknowledge</legend>
      {ids.map((id) => (
        <label key={id} className="flex cursor-pointer items-start gap-2">
          <input
            type="checkbox"
            className="mt-1"
            checked={acknowledged.has(id)}
            aria-invalid={error && !acknowledged.has(id) ? true : undefined}
            onChange={(event) => change(id, event.target.checked)}
          />
          <span className="grid min-w-0 gap-1 [overflow-wrap:anywhere]">
            <code>{id}</code>
            {groupFindings(warnings.filter((one) => one.id === id)).map(({ message, where }) => (
              <span key={message}>
                {message} <span className="text-ink-2">({where})</span>
              </span>
            ))}
          </span>
        </label>
      ))}
      {error ? (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
