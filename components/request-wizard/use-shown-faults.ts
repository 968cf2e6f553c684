"use client";

import { useCallback, useState } from "react";
import { get, type UseFormReturn } from "react-hook-form";
import { type Fault, faultKey, faultStep, fieldName } from "./faults.ts";
import type { FormValues, TableForm } from "./form-values.ts";
import { type StepId, steps } from "./steps.ts";
import type { ComposedName } from "./wizard-context.ts";

/** A fault the server found, and what the field held then; it stands until the field says something else. */
type Found = { fault: Fault; heldThen: string };

const held = (fault: Fault, values: FormValues): string => {
  const name = fieldName(fault, values.tables);
  return JSON.stringify([
    name && get(values, name),
    fault.path === "key" && [values.project, values.environment],
  ]);
};

/** Names that are taken or impossible, as faults of the keys they come from. */
export function nameFaults(
  tables: readonly TableForm[],
  nameOf: (table: TableForm) => ComposedName,
): Fault[] {
  return tables.flatMap((table) => {
    const { state } = nameOf(table);
    return state.status === "refused" ? [{ uid: table.uid, path: "key", message: state.problem }] : [];
  });
}

const allSteps = steps.map(({ id }) => id);

/** What `attempt` remembers: the step, and whose fields in it; null for the request's own. */
const marksOf = (ids: readonly StepId[], owners: readonly { uid: string | null }[]): string[] =>
  ids.flatMap((id) => owners.map(({ uid }) => `${id}:${uid}`));

/**
 * Which faults are shown: those of fields that were left once, those of steps that were gone through, taken names,
 * and what the server refused. `attempt` marks steps as gone through; `refuse` takes the server's faults. With
 * `tablesAtFirst` all is shown that is wrong with the tables the form starts with: nobody typed them here.
 */
export function useShownFaults(
  form: UseFormReturn<FormValues>,
  values: FormValues,
  faults: readonly Fault[],
  nameOf: (table: TableForm) => ComposedName,
  tablesAtFirst: boolean,
) {
  const [attempted, setAttempted] = useState<ReadonlySet<string>>(
    () => new Set(tablesAtFirst ? marksOf(allSteps, values.tables) : []),
  );
  const [found, setFound] = useState<readonly Found[]>([]);
  const { touchedFields } = form.formState;
  const { tables } = values;

  const shown = new Map<string, Fault>();
  const show = (fault: Fault) => {
    const key = faultKey(fault);
    if (!shown.has(key)) shown.set(key, fault);
  };
  for (const fault of faults) {
    const name = fieldName(fault, tables);
    if (name && (attempted.has(`${faultStep(fault)}:${fault.uid}`) || get(touchedFields, name) === true))
      show(fault);
  }
  for (const fault of nameFaults(tables, nameOf)) show(fault);
  const standing = found.filter(({ fault, heldThen }) => held(fault, values) === heldThen);
  for (const { fault } of standing) show(fault);

  const attempt = useCallback(
    (ids: readonly StepId[]) => {
      const marks = marksOf(ids, [{ uid: null }, ...form.getValues("tables")]);
      setAttempted((before) => new Set([...before, ...marks]));
    },
    [form],
  );
  const refuse = useCallback(
    (refused: readonly Fault[]) => {
      const now = form.getValues();
      setFound(refused.map((fault) => ({ fault, heldThen: held(fault, now) })));
    },
    [form],
  );

  const list = [...shown.values()];
  const messages = new Map(list.map((fault) => [fieldName(fault, tables), fault.message]));
  const counts = Object.fromEntries(
    steps.map(({ id }) => [id, list.filter((fault) => faultStep(fault) === id).length]),
  ) as Record<StepId, number>;
  return {
    messageOf: (name: string) => messages.get(name),
    counts,
    /** Something that the server refused is still as it was. */
    refusedStands: standing.length > 0,
    faultyTables: new Set(list.map(({ uid }) => uid)),
    attempt,
    refuse,
  };
}
