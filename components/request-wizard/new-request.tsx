"use client";

import { QueryProvider } from "#lib/client/query-provider.tsx";
import type { Result } from "#lib/core/result.ts";
import type { DraftContent } from "#lib/requests/draft-schema.ts";
import { type FormValues, tableForm } from "./form-values.ts";
import { fromDraft } from "./from-body.ts";
import { stepIndex, steps } from "./steps.ts";
import { toBody } from "./to-body.ts";
import { Wizard } from "./wizard.tsx";
import type { WizardOptions } from "./wizard-context.ts";

type NewRequestProps = {
  options: WizardOptions;
  /** The draft to go on with; `saved_at` in ISO 8601. */
  draft: { id: string; content: DraftContent; saved_at: string } | null;
  /** A project to begin with, such as the one whose page led here. */
  project: string | null;
  submit: (input: { draft_id: string | null; body: unknown }) => Promise<Result<{ id: string }>>;
};

/** Asks for new tables, from the start or from a draft. `NewRequest({ options, draft, project, submit })`. */
export function NewRequest({ options, draft, project, submit }: NewRequestProps) {
  const step = draft?.content.step ?? "where";
  const notes = draft?.content.notes ?? null;
  return (
    <QueryProvider>
      <Wizard
        title="Ask for tables"
        trail={[{ href: "/requests", label: "Requests" }]}
        submitLabel="Send the request"
        options={options}
        initial={() => (draft ? fromDraft(draft.content) : emptyForm(options, project))}
        first={{ step, reached: notes ? steps.length - 1 : stepIndex(step) }}
        stored={draft ? { id: draft.id, savedAtMilliseconds: Date.parse(draft.saved_at) } : null}
        notes={notes}
        edited={null}
        send={(form, draftId) => submit({ draft_id: draftId, body: toBody(form) })}
      />
    </QueryProvider>
  );
}

function emptyForm({ projects, environments }: WizardOptions, project: string | null): FormValues {
  const only = (names: string[]) => (names.length === 1 ? names[0]! : "");
  return {
    project: project !== null && projects.includes(project) ? project : only(projects),
    environment: only(environments.map(({ name }) => name)),
    justification: "",
    tables: [tableForm("")],
  };
}
