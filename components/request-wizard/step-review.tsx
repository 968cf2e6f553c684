"use client";

import { dollars } from "#components/cost/dollars.ts";
import { Button } from "#components/ui/button.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Note } from "#components/ui/note.tsx";
import type { AppError } from "#lib/core/errors.ts";
import { totalCost } from "#lib/table-spec/cost.ts";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { needsWords, notifiesWords } from "./needs-words.ts";
import { ReviewTable } from "./review-table.tsx";
import { toSpec } from "./to-body.ts";
import type { Preview } from "./use-preview.ts";
import { useWizard } from "./wizard-context.ts";

type StepReviewProps = {
  preview: Preview | undefined;
  /** The preview is of the sound tables as they stand. */
  live: boolean;
  /** The preview is of the whole form as it stands. */
  current: boolean;
  error: Error | null;
  /** How many faults stand in the way of a preview. */
  faults: number;
  onAgain: () => void;
};

/** The request as it would be sent: why, where, each table with its plan and findings, and who must approve. */
export function StepReview({ preview, live, current, error, faults, onAgain }: StepReviewProps) {
  const { values, findings } = useWizard();
  const total = preview && current ? totalCost(preview.tables.map(({ cost }) => cost)) : null;
  const denied = current && findings.some(({ level }) => level === "deny");
  return (
    <>
      <DefinitionList>
        <Definition term="Where">
          {values.project && values.environment
            ? `${values.project} in ${values.environment}`
            : "not chosen yet"}
        </Definition>
        <Definition term="Justification">
          <span className="whitespace-pre-line">{values.justification.trim() || "none yet"}</span>
        </Definition>
        {total ? (
          <Definition term="Cost a month">
            about {dollars(total.monthly_usd)}
            {total.complete ? "" : ", not counting tables without an estimate"}
          </Definition>
        ) : null}
        <Definition term="Needs">{preview && current ? needsWords(preview.approvals) : "…"}</Definition>
        {preview?.notifies && current ? (
          <Definition term="Tells">{notifiesWords(preview.notifies)}</Definition>
        ) : null}
      </DefinitionList>
      {denied ? (
        <Note tone="bad" live title="This cannot be sent yet.">
          What stops it stands with its table below.
        </Note>
      ) : null}
      <PreviewState waiting={!current} error={error} faults={faults} onAgain={onAgain} />
      {values.tables.map((table) => {
        const spec = tableSpecSchema.safeParse(toSpec(table.spec));
        const previewed = live ? preview?.tables.find(({ key }) => key === table.key) : undefined;
        return spec.success ? (
          <ReviewTable key={table.uid} tableKey={table.key} spec={spec.data} previewed={previewed} />
        ) : null;
      })}
    </>
  );
}

type PreviewStateProps = { waiting: boolean; error: Error | null; faults: number; onAgain: () => void };

function PreviewState({ waiting, error, faults, onAgain }: PreviewStateProps) {
  if (faults > 0) {
    return (
      <Note
        tone="bad"
        live
        title={faults === 1 ? "One field needs a look." : `${faults} fields need a look.`}
      >
        The steps that hold them are marked.
      </Note>
    );
  }
  if (error) {
    return (
      <Note tone="bad" live actions={<Button onClick={onAgain}>Try again</Button>}>
        {error.message}
        <RefusedFields errors={(error as AppError).errors ?? []} />
      </Note>
    );
  }
  if (waiting) return <p role="status">Working out the plan…</p>;
  return null;
}

function RefusedFields({ errors }: { errors: readonly { path: string; message: string }[] }) {
  if (errors.length < 2) return null;
  return (
    <ul className="list-disc pl-4">
      {errors.map(({ path, message }) => (
        <li key={`${path} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}
