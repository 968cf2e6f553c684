"use client";

import { useCallback, useState } from "react";
import type { Failure, Result } from "#lib/core/result.ts";
import { attempt } from "./attempt.ts";

/**
 * Runs a server action: `run` answers its result and never throws, `pending` holds while it runs, `failure` is the
 * last refusal. A lost connection is a failure like any other.
 */
export function useAction<I, T>(action: (input: I) => Promise<Result<T>>) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(
    async (input: I): Promise<Result<T>> => {
      setPending(true);
      const result = await attempt(() => action(input));
      setPending(false);
      setFailure(result.ok ? null : result);
      return result;
    },
    [action],
  );
  return { run, pending, failure };
}
