"use client";

import { type FormEvent, useState, useTransition } from "react";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.tsx";
import { attempt } from "#lib/client/attempt.ts";

/** Adds to the conversation. What was written stays until it has arrived. `CommentForm()`. */
export function CommentForm() {
  const { page, actions, reload } = useLiveRequest();
  const [comment, setComment] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = comment.trim();
    if (!text) {
      setError("Write a comment first");
      return;
    }
    startTransition(async () => {
      const result = await attempt(() => actions.comment({ id: page.request.id, comment: text }));
      setError(result.ok ? null : result.message);
      if (!result.ok) return;
      setComment("");
      await reload();
      showToast("Your comment is there");
    });
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-2">
      <Field label="Comment" error={error}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={comment}
            maxLength={2000}
            placeholder="Write a comment"
            onChange={(event) => setComment(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" pending={pending}>
          Comment
        </Button>
      </div>
    </form>
  );
}
