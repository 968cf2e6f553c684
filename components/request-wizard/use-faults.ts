"use client";

import { useDeferredValue, useMemo } from "react";
import type { Fault } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import { useLater } from "./use-later.ts";
import type { Naming, validate } from "./validate.ts";

type Check = { validate: typeof validate };

/** The schemas weigh as much as the rest of the form, so they come after the first paint. */
export const loadCheck = (): Promise<Check> => import("./validate.ts");

/**
 * All faults of the form as it stands, shown or not; null until the schemas are there. They are fetched once
 * `started`: somebody is at the form, or it was opened with something in it.
 */
export function useFaults(values: FormValues, naming: Naming, started: boolean): Fault[] | null {
  const { value: check } = useLater(loadCheck, started);
  const settled = useDeferredValue(values);
  return useMemo(() => check?.validate(settled, naming) ?? null, [check, settled, naming]);
}
