"use client";

import { ListChecks } from "lucide-react";
import { useRouter } from "next/navigation";
import { RefreshEvery } from "#components/table-details/refresh-every.tsx";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

export type CheckEnvironmentAction = (input: { environment: string }) => Promise<Result<unknown>>;

type CheckButtonProps = {
  environment: string;
  /** A check is open: the page follows it. */
  underWay: boolean;
  refusal: string | null;
  action: CheckEnvironmentAction;
};

/** Has a worker look whether it can do its work in an environment. `CheckButton({ environment, underWay, refusal, action })`. */
export function CheckButton({ environment, underWay, refusal, action }: CheckButtonProps) {
  const router = useRouter();
  const { run, pending } = useAction(action);
  const start = async () => {
    const result = await run({ environment });
    if (!result.ok) showToast(result.message, "bad");
    router.refresh();
  };
  return (
    <>
      {underWay ? <RefreshEvery seconds={2} /> : null}
      <Button
        icon={ListChecks}
        aria-label={`Check ${environment}`}
        pending={pending || underWay}
        disabledReason={refusal}
        reasonAlign="end"
        onClick={start}
      >
        Check
      </Button>
    </>
  );
}
