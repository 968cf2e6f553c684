"use client";

import { useMemo, useState } from "react";
import { useFieldArray, useForm } from "react-hook-form";
import type { DraftNote } from "#lib/requests/draft-schema.ts";
import type { FormValues } from "./form-values.ts";
import { toDraft } from "./from-body.ts";
import { useDraft } from "./use-draft.ts";
import { useFaults } from "./use-faults.ts";
import { useLater } from "./use-later.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";
import { useNameCheck } from "./use-name-check.ts";
import { usePreview } from "./use-preview.ts";
import { nameFaults, useShownFaults } from "./use-shown-faults.ts";
import { useSteps } from "./use-steps.ts";
import { type Send, useSubmission } from "./use-submission.ts";
import { useTables, useValues } from "./use-tables.ts";
import { useWays } from "./use-ways.ts";
import type { EditedRequest, Wizard, WizardOptions } from "./wizard-context.ts";

export type RequestFormInput = {
  options: WizardOptions;
  /** What the form starts with; read once. */
  initial: () => FormValues;
  first: { step: string; reached: number };
  /** The draft it was opened with. */
  stored: { id: string; savedAtMilliseconds: number } | null;
  /** What its import could not take over; null when its tables were not imported. */
  notes: readonly DraftNote[] | null;
  notesDismissed: boolean;
  edited: EditedRequest | null;
  send: Send;
};

const loadLaterSteps = () => import("./later-steps.tsx").then((module) => module.laterSteps);

/** Everything the wizard knows and does; its components only show it. */
export function useRequestForm(input: RequestFormInput) {
  const { options, initial, first, stored, notes, notesDismissed, edited, send } = input;
  const [defaultValues] = useState(initial);
  const form = useForm<FormValues>({ defaultValues });
  const list = useFieldArray({ control: form.control, name: "tables", keyName: "rowId" });
  const values = useValues(form, list.fields);
  const nav = useSteps(first);
  const content = useMemo(
    () => toDraft(values, nav.step.id, notesDismissed),
    [values, nav.step.id, notesDismissed],
  );
  const draft = useDraft(content, stored, edited === null);
  const [started, setStarted] = useState(stored !== null || edited !== null);
  const faults = useFaults(values, options.naming, started);
  const later = useLater(loadLaterSteps, started);
  const nameOf = useNameCheck(values, options.naming.pattern, edited);
  const taken = nameFaults(values.tables, nameOf);
  const shown = useShownFaults(form, values, faults ?? [], nameOf, notes !== null);
  const preview = usePreview(values, faults, edited);
  const tables = useTables(form, list, nav);
  const submission = useSubmission(send, draft);
  useLeaveWarning(edited !== null && form.formState.isDirty && !submission.pending);

  const wizard: Wizard = {
    form,
    values,
    options,
    edited,
    nameOf,
    messageOf: shown.messageOf,
    findings: preview.preview?.tables.flatMap((table) => table.findings) ?? [],
  };

  const ways = useWays({ form, naming: options.naming, nav, tables, shown, taken, submission });
  const start = () => setStarted(true);
  return { wizard, nav, draft, shown, faults, preview, tables, later, submission, ways, start };
}
