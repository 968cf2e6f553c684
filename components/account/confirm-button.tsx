"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import { showToast } from "#components/ui/toast.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

type ConfirmButtonProps<I> = {
  label: string;
  /** Names the button where several say the same. */
  accessibleLabel?: string;
  /** The question, what happens, and what the confirming button says. */
  question: string;
  consequence: string;
  confirm: string;
  /** Said once it is done. */
  done: string;
  variant?: "default" | "danger" | "quiet";
  disabledReason?: string | null;
  action: (input: I) => Promise<Result<unknown>>;
  input: I;
};

/** A verb that asks before it acts. `ConfirmButton({ label, question, consequence, confirm, done, action, input, … })`. */
export function ConfirmButton<I>(props: ConfirmButtonProps<I>) {
  const { label, question, consequence, confirm, done, variant = "quiet", action, input } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { run, pending, failure } = useAction(action);
  const act = async () => {
    const result = await run(input);
    if (!result.ok) return;
    setOpen(false);
    showToast(done);
    router.refresh();
  };
  return (
    <>
      <Button
        variant={variant}
        aria-label={props.accessibleLabel}
        disabledReason={props.disabledReason}
        reasonAlign="end"
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={question}
        description={consequence}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Close</Button>
            <Button variant="danger" onClick={act} pending={pending}>
              {confirm}
            </Button>
          </>
        }
      >
        {failure ? (
          <Note tone="bad" live>
            {failure.message}
          </Note>
        ) : null}
      </Dialog>
    </>
  );
}
