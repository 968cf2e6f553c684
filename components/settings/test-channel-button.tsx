"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { RefreshEvery } from "#components/table-details/refresh-every.tsx";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

export type TestChannelAction = (input: { channel: string }) => Promise<Result<unknown>>;

type TestChannelButtonProps = {
  channel: string;
  /** A test is on its way: the page follows it. */
  underWay: boolean;
  refusal: string | null;
  action: TestChannelAction;
};

/** Has a worker send a test message on a channel. `TestChannelButton({ channel, underWay, refusal, action })`. */
export function TestChannelButton({ channel, underWay, refusal, action }: TestChannelButtonProps) {
  const router = useRouter();
  const { run, pending } = useAction(action);
  const start = async () => {
    const result = await run({ channel });
    if (!result.ok) showToast(result.message, "bad");
    router.refresh();
  };
  return (
    <>
      {underWay ? <RefreshEvery seconds={2} /> : null}
      <Button
        icon={Send}
        aria-label={`Send a test message: ${channel}`}
        pending={pending || underWay}
        disabledReason={refusal}
        reasonAlign="end"
        className="whitespace-nowrap"
        onClick={start}
      >
        Send a test message
      </Button>
    </>
  );
}
