"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";
import { type Fault, pointedFaults } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import type { Draft } from "./use-draft.ts";

/** Asks for the tables; `draftId` is the draft that becomes the request. */
export type Send = (form: FormValues, draftId: string | null) => Promise<Result<{ id: string }>>;

/** Sends the request once, with nothing saved behind it, and goes to its page; `run` answers what was refused. */
export function useSubmission(send: Send, draft: Draft) {
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
