"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

/** One notice, or all up to a moment (ISO 8601). */
export type MarkReadInput = { id: string } | { until: string };
export type MarkRead = (input: MarkReadInput | { request: string }) => Promise<Result<unknown>>;

type MarkReadButtonProps = {
  label: string;
  /** Names the button where several say the same. */
  accessibleLabel?: string;
  variant?: "default" | "quiet";
  action: MarkRead;
  input: MarkReadInput;
};

/** Marks notices as read, in place. `MarkReadButton({ label, accessibleLabel, variant, action, input })`. */
export function MarkReadButton({ label, accessibleLabel, variant, action, input }: MarkReadButtonProps) {
  const router = useRouter();
  const { run, pending } = useAction(action);
  const mark = async () => {
    const result = await run(input);
    showToast(result.ok ? "Marked as read" : result.message, result.ok ? "ok" : "bad");
    if (result.ok) router.refresh();
  };
  return (
    <Button variant={variant} aria-label={accessibleLabel} pending={pending} onClick={mark}>
      {label}
    </Button>
  );
}
