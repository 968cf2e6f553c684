"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Draft } from "./use-draft.ts";

/** Throws the draft away, after a question. */
export function DiscardDraft({ draft }: { draft: Draft }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const discard = async () => {
    setPending(true);
    try {
      await draft.discard();
      router.push("/requests");
    } catch (error) {
      setProblem(
        error instanceof Error ? error.message : "The draft could not be discarded. Please try again.",
      );
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Discard draft
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Discard this draft?"
        description="All that was filled in here goes, for good."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button variant="danger" onClick={discard} pending={pending}>
              Discard
            </Button>
          </>
        }
      >
        {problem ? (
          <Note tone="bad" live>
            {problem}
          </Note>
        ) : null}
      </Dialog>
    </>
  );
}
