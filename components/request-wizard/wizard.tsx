"use client";

import { type ReactNode, useState, useSyncExternalStore } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { DiscardDraft } from "./discard-draft.tsx";
import { FindingNotes } from "./finding-notes.tsx";
import { findingsOfWhole } from "./finding-order.ts";
import { ImportNotes } from "./import-notes.tsx";
import { Needs, Outcome } from "./outcome.tsx";
import { SaveWords } from "./save-words.tsx";
import { StepCard } from "./step-card.tsx";
import { StepsList } from "./steps-list.tsx";
import { type RequestFormInput, useRequestForm } from "./use-request-form.ts";
import { TableProvider, WizardProvider } from "./wizard-context.ts";

const never = () => () => {};

/** Before the page is alive a typed letter would be lost, so nothing can be typed. */
const useAlive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

type WizardProps = Omit<RequestFormInput, "notesDismissed"> & {
  title: string;
  trail: readonly { href: string; label: string }[];
  /** The word on the last button. */
  submitLabel: string;
  /** Beside the place in the header, where no draft is kept. */
  sub?: ReactNode;
};

/** Asks for tables, step by step. `Wizard({ title, trail, submitLabel, sub, ...RequestFormInput })`. */
export function Wizard({ title, trail, submitLabel, sub, ...input }: WizardProps) {
  const [notesDismissed, setNotesDismissed] = useState(false);
  const request = useRequestForm({ ...input, notesDismissed });
  const { wizard, nav, draft, shown, preview, tables } = request;
  const { project, environment } = wizard.values;
  const table = wizard.values.tables[tables.at];
  const alive = useAlive();
  const dismissNotes = () => {
    setNotesDismissed(true);
    // The button that had the focus is gone.
    nav.headingRef.current?.focus();
  };
  const reviewing = nav.step.id === "review";
  const denied = preview.live ? wizard.findings.filter(({ level }) => level === "deny").length : 0;
  return (
    <WizardProvider value={wizard}>
      <PageHeader
        title={title}
        trail={trail}
        current={input.edited ? "Change" : "New"}
        sub={
          <span>
            {project && environment ? `${project} in ${environment} · ` : ""}
            {sub ?? <SaveWords state={draft.state} />}
          </span>
        }
        actions={
          input.edited ? null : (
            <>
              <LinkButton href="/requests/import" variant="quiet">
                Import from Terraform
              </LinkButton>
              <DiscardDraft draft={draft} />
            </>
          )
        }
      />
      {input.notes?.length && !notesDismissed ? (
        <ImportNotes notes={input.notes} onDismiss={dismissNotes} />
      ) : null}
      <fieldset
        onFocusCapture={request.start}
        disabled={!alive || request.submission.pending}
        className="grid min-w-0 items-start gap-x-6 gap-y-4 wide:grid-cols-[180px_minmax(0,1fr)] xl:grid-cols-[180px_minmax(0,1fr)_300px]"
      >
        <legend className="sr-only">{title}</legend>
        <StepsList
          at={nav.at}
          reached={nav.reached}
          counts={{ ...shown.counts, review: denied }}
          onGo={request.ways.leaveStep}
        />
        <div className={classNames("stack min-w-0", reviewing && "xl:col-span-2")}>
          {request.submission.failure && (reviewing || shown.refusedStands) ? (
            <Note tone="bad" live title="Not sent.">
              {request.submission.failure.message}
            </Note>
          ) : null}
          <TableProvider value={table ? { table, at: tables.at } : null}>
            <StepCard request={request} submitLabel={submitLabel} />
          </TableProvider>
        </div>
        {table && !reviewing ? (
          <aside aria-label="What comes of it" className="stack min-w-0 wide:col-start-2 xl:col-start-3">
            <TableProvider value={{ table, at: tables.at }}>
              <Outcome />
              {/* Kept until the next answer is there, or each letter would take it away and have it read out anew. */}
              <div aria-live="polite" className="contents">
                {preview.live || preview.coming ? (
                  <FindingNotes findings={findingsOfWhole(wizard.findings, table)} />
                ) : null}
              </div>
            </TableProvider>
            {preview.preview ? (
              <Needs
                approvals={preview.preview.approvals}
                current={preview.current}
                unfinished={request.faults?.some(({ uid }) => uid !== null) ?? false}
              />
            ) : null}
          </aside>
        ) : null}
      </fieldset>
    </WizardProvider>
  );
}
