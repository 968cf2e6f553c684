"use client";

import { useTransition } from "react";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import type { DecisionInput, DecisionVerb } from "#components/request-details/request-page.ts";
import { showToast } from "#components/ui/toast.tsx";
import { attempt } from "#lib/client/attempt.ts";
import type { Failure } from "#lib/core/result.ts";

type Outcomes = {
  onDone?: () => void;
  /** Somebody was faster, or the content changed: told on the page already. */
  onTooLate?: () => void;
  onRefused?: (failure: Failure) => void;
};

const doneWords: Record<DecisionVerb, string> = {
  approve: "Approved",
  reject: "Rejected",
  send_back: "Sent back",
  cancel: "Cancelled",
  retry: "Trying again",
};

/**
 * Runs a verb on the request and then reads its newest state. A conflict is told on the page, above everything, and
 * goes to `onTooLate`; every other refusal goes to `onRefused`.
 */
export function useDecision() {
  const { page, actions, setRefusal, reload } = useLiveRequest();
  const [pending, startTransition] = useTransition();
  const run = (
    verb: DecisionVerb,
    input: Omit<DecisionInput, "id">,
    { onDone, onTooLate, onRefused }: Outcomes,
  ) =>
    startTransition(async () => {
      setRefusal(null);
      const result = await attempt(() => actions[verb]({ id: page.request.id, ...input }));
      if (result.ok) {
        showToast(`${doneWords[verb]}: request ${page.request.number}`);
        onDone?.();
      } else if (result.code === "CONFLICT") {
        setRefusal(result.message);
        onTooLate?.();
      } else onRefused?.(result);
      await reload();
    });
  return { pending, run };
}
