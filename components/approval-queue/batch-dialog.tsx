"use client";

import { CircleCheck, CircleX } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import type { BatchOutcome, QueueActions, QueueEntry } from "#components/approval-queue/queue-entry.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { useAction } from "#lib/client/use-action.ts";

type BatchDialogProps = {
  entries: readonly QueueEntry[];
  approveMany: QueueActions["approveMany"];
  onClose: () => void;
};

/** Approves several requests, each for itself, and says of each what became of it. `BatchDialog({ entries, approveMany, onClose })`. */
export function BatchDialog({ entries, approveMany, onClose }: BatchDialogProps) {
  const { run, pending, failure } = useAction(approveMany);
  const [comment, setComment] = useState("");
  const [outcomes, setOutcomes] = useState<readonly BatchOutcome[] | null>(null);
  const formId = useId();
  const count = entries.length === 1 ? "1 request" : `${entries.length} requests`;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const text = comment.trim();
    const result = await run({
      requests: entries.map(({ id, version }) => ({ id, version })),
      ...(text && { comment: text }),
    });
    if (result.ok) setOutcomes(result.data.outcomes);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={outcomes ? words(outcomes) : `Approve ${count}`}
      description={
        outcomes
          ? undefined
          : "Each is approved for itself: one that cannot be does not hold up the others. Warnings have to be acknowledged on a request's own page."
      }
      footer={
        outcomes ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button type="submit" form={formId} variant="primary" pending={pending}>
              Approve {count}
            </Button>
          </>
        )
      }
    >
      {failure ? (
        <Note tone="bad" live>
          {failure.message}
        </Note>
      ) : null}
      <ul className="grid gap-2" aria-live="polite" aria-label="Requests">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} outcome={outcomes?.find(({ id }) => id === entry.id)} />
        ))}
      </ul>
      {outcomes ? null : (
        <form id={formId} onSubmit={submit}>
          <Field label="Comment on all of them" optional>
            {(control) => (
              <Textarea
                {...control}
                value={comment}
                maxLength={2000}
                onChange={(event) => setComment(event.target.value)}
              />
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}

function words(outcomes: readonly BatchOutcome[]): string {
  const approved = outcomes.filter((one) => one.approved).length;
  return approved === outcomes.length ? "All approved" : `${approved} of ${outcomes.length} approved`;
}

function Entry({ entry, outcome }: { entry: QueueEntry; outcome: BatchOutcome | undefined }) {
  return (
    <li className="flex items-start gap-2">
      {outcome ? (
        <Icon
          icon={outcome.approved ? CircleCheck : CircleX}
          className={outcome.approved ? "mt-[3px] text-ok" : "mt-[3px] text-bad"}
        />
      ) : null}
      <div className="min-w-0">
        <Link href={`/requests/${entry.id}`} prefetch={false} className="link-alone font-semibold">
          {entry.title}
        </Link>{" "}
        <span className="text-ink-2">
          #{entry.number} · {entry.environment} · {entry.requester}
          {outcome || entry.warnings === 0
            ? null
            : ` · ${entry.warnings} ${entry.warnings === 1 ? "warning" : "warnings"}`}
        </span>
        {outcome ? <p className={outcome.approved ? "text-ink-2" : "text-bad"}>{outcome.message}</p> : null}
      </div>
    </li>
  );
}
