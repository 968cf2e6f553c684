"use client";

import { useCallback, useEffect, useState } from "react";

/** What a module gives once it is there; `failed` when it could not be fetched, `again` tries once more. */
export type Later<T> = { value: T | null; failed: boolean; again: () => void };

/**
 * Fetches a part of the page after the first paint, once `wanted`. Kept in state rather than suspended on, so that a
 * part which is there already shows at once.
 */
export function useLater<T>(load: () => Promise<T>, wanted: boolean): Later<T> {
  const [state, setState] = useState<{ value: T | null; failed: boolean }>({ value: null, failed: false });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what runs it again
  useEffect(() => {
    if (!wanted) return;
    let mounted = true;
    load().then(
      (value) => mounted && setState({ value, failed: false }),
      () => mounted && setState((before) => ({ ...before, failed: before.value === null })),
    );
    return () => {
      mounted = false;
    };
  }, [load, wanted, attempt]);
  return { ...state, again: useCallback(() => setAttempt((before) => before + 1), []) };
}
