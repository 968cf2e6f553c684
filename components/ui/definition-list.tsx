import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** Terms and what they are; below each other when narrow. `DefinitionList({ children: Definition[] })`. */
export function DefinitionList({ children }: { children: ReactNode }) {
  return <dl className="grid gap-2">{children}</dl>;
}

type DefinitionProps = {
  term: string;
  /** Puts a copy button at the end, for this text. */
  copy?: string | null;
  children: ReactNode;
};

/** One term. `Definition({ term, copy, children })`. */
export function Definition({ term, copy, children }: DefinitionProps) {
  return (
    <div className="grid gap-x-3.5 sm:grid-cols-[150px_minmax(0,1fr)]">
      <dt className="text-ink-2">{term}</dt>
      <dd className="flex min-w-0 items-start gap-1.5 [overflow-wrap:anywhere]">
        <div className="min-w-0 grow">{children}</div>
        {copy ? <CopyButton text={copy} what={term.toLowerCase().replace(/\barn\b/, "ARN")} /> : null}
      </dd>
    </div>
  );
}
