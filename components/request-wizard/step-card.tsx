"use client";

import { Button } from "#components/ui/button.tsx";
import { Card, CardBody } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { FindingNotes } from "./finding-notes.tsx";
import { findingsOfStep } from "./finding-order.ts";
import { shownKey } from "./form-values.ts";
import { StepKeys } from "./step-keys.tsx";
import { StepWhere } from "./step-where.tsx";
import { steps } from "./steps.ts";
import { TableTabs } from "./table-tabs.tsx";
import type { useRequestForm } from "./use-request-form.ts";

type RequestForm = ReturnType<typeof useRequestForm>;
type StepCardProps = { request: RequestForm; submitLabel: string };

/** The step at hand: its heading, the table it is about, its fields, and the way on. */
export function StepCard({ request, submitLabel }: StepCardProps) {
  const { wizard, nav, shown, tables } = request;
  const { removed } = tables;
  return (
    <Card label={nav.step.title}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-3.5 py-2.5">
        <h2 ref={nav.headingRef} tabIndex={-1} className="outline-none">
          {nav.step.title}
        </h2>
        {nav.step.perTable ? (
          <TableTabs
            tables={wizard.values.tables}
            at={tables.at}
            faulty={shown.faultyTables}
            onSelect={tables.select}
            onAdd={tables.add}
          />
        ) : null}
      </header>
      <CardBody className="stack">
        {removed && nav.step.id === "where" ? (
          <Note tone="ok" live actions={<Button onClick={tables.restore}>Bring it back</Button>}>
            {shownKey(removed.table, removed.place)} is no longer in this request.
          </Note>
        ) : null}
        <StepFields request={request} />
        <Ways request={request} submitLabel={submitLabel} />
      </CardBody>
    </Card>
  );
}

function StepFields({ request }: { request: RequestForm }) {
  const { wizard, nav, tables, preview, faults, later } = request;
  const { id } = nav.step;
  if (id === "where") return <StepWhere verbs={tables} />;
  if (id !== "keys" && !later.value) return <NotYet failed={later.failed} onAgain={later.again} />;
  if (id === "review") {
    const Review = later.value?.Review;
    return Review ? (
      <Review
        preview={preview.preview}
        live={preview.live}
        current={preview.current}
        error={preview.error}
        faults={faults?.length ?? 0}
        onAgain={preview.again}
      />
    ) : null;
  }
  const table = wizard.values.tables[tables.at];
  const Content = id === "keys" ? StepKeys : later.value?.perTable[id];
  if (!table || !Content) return null;
  return (
    <>
      <Content key={table.uid} />
      {preview.live ? <FindingNotes findings={findingsOfStep(wizard.findings, table, id)} /> : null}
    </>
  );
}

function NotYet({ failed, onAgain }: { failed: boolean; onAgain: () => void }) {
  if (!failed) return <p role="status">Loading…</p>;
  return (
    <Note tone="bad" live actions={<Button onClick={onAgain}>Try again</Button>}>
      This step could not be fetched. Check your connection; nothing is lost.
    </Note>
  );
}

function Ways({ request, submitLabel }: StepCardProps) {
  const { nav, submission } = request;
  const following = steps[nav.at + 1];
  return (
    <div className="flex flex-wrap items-start gap-2">
      {nav.at > 0 ? <Button onClick={() => request.ways.leaveStep(nav.at - 1)}>Back</Button> : null}
      <span className="grow" />
      {following ? (
        <Button variant="primary" onClick={request.ways.next}>
          Next: {following.title.toLowerCase()}
        </Button>
      ) : (
        <Button
          variant="primary"
          onClick={request.ways.submit}
          pending={submission.pending}
          disabledReason={submitProblem(request)}
          reasonAlign="end"
        >
          {submitLabel}
        </Button>
      )}
    </div>
  );
}

/** Why the request cannot be sent as it stands; faults of fields do not stop the button, it leads to them. */
function submitProblem({ wizard, preview, submission }: RequestForm): string | null {
  if (submission.pending || !preview.current) return null;
  const denied = wizard.findings.filter(({ level }) => level === "deny").length;
  if (denied === 0) return null;
  return denied === 1
    ? "One finding denies this request; correct it first."
    : `${denied} findings deny this request; correct them first.`;
}
