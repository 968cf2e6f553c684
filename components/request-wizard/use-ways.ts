"use client";

import type { UseFormReturn } from "react-hook-form";
import { type Fault, faultStep, fieldName } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import { stepIndex, steps } from "./steps.ts";
import { loadCheck } from "./use-faults.ts";
import type { useShownFaults } from "./use-shown-faults.ts";
import type { Nav } from "./use-steps.ts";
import type { useSubmission } from "./use-submission.ts";
import type { useTables } from "./use-tables.ts";
import type { Naming } from "./validate.ts";

type Parts = {
  form: UseFormReturn<FormValues>;
  naming: Naming;
  nav: Nav;
  tables: ReturnType<typeof useTables>;
  shown: ReturnType<typeof useShownFaults>;
  /** Names that are taken. */
  taken: readonly Fault[];
  submission: ReturnType<typeof useSubmission>;
};

/** The ways through the wizard: to any step, on if the step at hand is sound, and out by sending the request. */
export function useWays({ form, naming, nav, tables, shown, taken, submission }: Parts) {
  const reach = (fault: Fault) => {
    const now = form.getValues("tables");
    const place = now.findIndex((table) => table.uid === fault.uid);
    if (place >= 0) tables.select(place);
    nav.go(stepIndex(faultStep(fault)), fieldName(fault, now) ?? undefined);
  };
  /** The faults as of this moment: the request's own, then the shown table's, then those of the others. */
  const faultsNow = async (): Promise<Fault[]> => {
    const check = await loadCheck().catch(() => null);
    const now = form.getValues();
    const shownUid = now.tables[tables.at]?.uid;
    const rank = ({ uid }: Fault) => (uid === null ? 0 : uid === shownUid ? 1 : 2);
    const all = [...(check?.validate(now, naming) ?? []), ...taken];
    return all.toSorted((a, b) => rank(a) - rank(b));
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

  return { leaveStep, next, submit };
}
