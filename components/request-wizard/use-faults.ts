"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Fault } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import type { Naming, validate } from "./validate.ts";

type Validate = typeof validate;

let loading: Promise<Validate> | undefined;

/** The schemas weigh more than the form, so they come after the first paint; every caller shares one load. */
export function loadValidate(): Promise<Validate> {
  loading ??= import("./validate.ts").then((module) => module.validate);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** All faults of the form as it stands, shown or not; null until the schemas are there. */
export function useFaults(values: FormValues, naming: Naming): Fault[] | null {
  const [run, setRun] = useState<{ validate: Validate } | null>(null);
  useEffect(() => {
    let mounted = true;
    loadValidate().then(
      (validate) => mounted && setRun({ validate }),
      () => {},
    );
    return () => {
      mounted = false;
    };
  }, []);
  const settled = useDeferredValue(values);
  return useMemo(() => (run ? run.validate(settled, naming) : null), [run, settled, naming]);
}
