"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useFieldArray, useForm, useWatch } from "react-hook-form";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";
import { type Fault, faultStep, fieldName, pointedFaults } from "./faults.ts";
import { duplicateOf, type FormValues, tableForm } from "./form-values.ts";
import { toDraft } from "./from-body.ts";
import { stepIndex, steps } from "./steps.ts";
import { useDraft } from "./use-draft.ts";
import { loadValidate, useFaults } from "./use-faults.ts";
import { useNameCheck } from "./use-name-check.ts";
import { usePreview } from "./use-preview.ts";
import { nameFaults, useShownFaults } from "./use-shown-faults.ts";
import { useSteps } from "./use-steps.ts";
import type { EditedRequest, Wizard, WizardOptions } from "./wizard-context.ts";

export type RequestFormInput = {
  options: WizardOptions;
  /** What the form starts with; read once. */
  initial: () => FormValues;
  first: { step: string; reached: number };
  /** The draft it was opened with. */
  stored: { id: string; savedAtMilliseconds: number } | null;
  edited: EditedRequest | null;
  /** Asks for the tables; `draftId` is the draft that becomes the request. */
  send: (form: FormValues, draftId: string | null) => Promise<Result<{ id: string }>>;
};

/** Everything the wizard knows and does; its components only show it. */
export function useRequestForm({ options, initial, first, stored, edited, send }: RequestFormInput) {
  const [defaultValues] = useState(initial);
  const form = useForm<FormValues>({ defaultValues });
  const values = useWatch({ control: form.control }) as FormValues;
  const nav = useSteps(first);
  const draft = useDraft(
    useMemo(() => toDraft(values, nav.step.id), [values, nav.step.id]),
    stored,
    edited === null,
  );
  const faults = useFaults(values, options.naming);
  const nameOf = useNameCheck(values, options.naming.pattern, edited);
  const taken = nameFaults(values.tables, nameOf);
  const shown = useShownFaults(form, values, faults ?? [], nameOf);
  const preview = usePreview(values, faults !== null && faults.length === 0, edited);
  const tables = useTables(form, values, nav);
  const submission = useSubmission(send, draft);

  const wizard: Wizard = {
    form,
    values,
    options,
    edited,
    nameOf,
    messageOf: shown.messageOf,
    findings: preview.preview?.tables.flatMap((table) => table.findings) ?? [],
  };

  const reach = (fault: Fault) => {
    const now = form.getValues("tables");
    const place = now.findIndex((table) => table.uid === fault.uid);
    if (place >= 0) tables.select(place);
    nav.go(stepIndex(faultStep(fault)), fieldName(fault, now) ?? undefined);
  };
  /** The faults as of this moment, the shown table's first. */
  const faultsNow = async (): Promise<Fault[]> => {
    const validate = await loadValidate().catch(() => null);
    const now = form.getValues();
    const all = [...(validate?.(now, options.naming) ?? []), ...taken];
    const uid = now.tables[tables.at]?.uid;
    return all.toSorted((a, b) => Number(b.uid === uid) - Number(a.uid === uid));
  };

  const leaveStep = (index: number) => {
    shown.attempt([nav.step.id]);
    nav.go(index);
  };
  const next = async () => {
    shown.attempt([nav.step.id]);
    const here = (await faultsNow()).find((fault) => faultStep(fault) === nav.step.id);
    if (here) reach(here);
    else nav.go(nav.at + 1);
  };
  const submit = async () => {
    shown.attempt(steps.map(({ id }) => id));
    const [fault] = await faultsNow();
    if (fault) return reach(fault);
    const refused = await submission.run(form.getValues());
    shown.refuse(refused);
    const [beside] = refused.filter(({ path, id }) => path !== "key" || id === "name-taken");
    if (beside) reach(beside);
  };

  return { wizard, nav, draft, shown, faults, preview, tables, submission, leaveStep, next, submit };
}

type Nav = ReturnType<typeof useSteps>;

/** The tables of the request: which one is shown, and adding, copying, removing and bringing back. */
function useTables(form: Wizard["form"], values: FormValues, nav: Nav) {
  const [selected, select] = useState(0);
  const [removed, setRemoved] = useState<{ table: FormValues["tables"][number]; place: number } | null>(null);
  const { append, insert, remove } = useFieldArray({
    control: form.control,
    name: "tables",
    keyName: "rowId",
  });
  const at = Math.min(selected, values.tables.length - 1);
  const put = (place: number, table: FormValues["tables"][number]) => {
    if (place >= values.tables.length) append(table, { shouldFocus: false });
    else insert(place, table, { shouldFocus: false });
    setRemoved(null);
    select(place);
  };
  return {
    at,
    select,
    removed,
    add: () => {
      put(values.tables.length, tableForm(""));
      nav.go(0, `tables.${values.tables.length}.key`);
    },
    duplicate: (place: number) => {
      const tables = form.getValues("tables");
      put(place + 1, duplicateOf(tables[place]!, tables));
      nav.go(0, `tables.${place + 1}.key`);
    },
    remove: (place: number) => {
      setRemoved({ table: structuredClone(form.getValues(`tables.${place}`)), place });
      remove(place);
      if (place < at) select(at - 1);
    },
    restore: () => removed && put(removed.place, removed.table),
  };
}

/** Sends the request once, with nothing saved behind it, and goes to its page; `run` answers what was refused. */
function useSubmission(send: RequestFormInput["send"], draft: ReturnType<typeof useDraft>) {
  const router = useRouter();
  const client = useQueryClient();
  const [sent, setSent] = useState(false);
  const action = useAction(async (form: FormValues) => send(form, (await draft.saver?.settle()) ?? null));
  const run = async (form: FormValues): Promise<Fault[]> => {
    const result = await action.run(form);
    if (result.ok) {
      setSent(true);
      router.push(`/requests/${result.data.id}`);
      return [];
    }
    draft.saver?.resume();
    void client.invalidateQueries();
    return pointedFaults(result.errors, form);
  };
  return { run, pending: action.pending || sent, failure: action.failure };
}
