"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { loneMemberWarning } from "#components/request-details/approval-words.ts";
import { useAssumedUsage } from "#components/request-details/assumed-usage.tsx";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import type { DecisionVerb } from "#components/request-details/request-page.ts";
import { useDecision } from "#components/request-details/use-decision.ts";
import { WarningsToAcknowledge } from "#components/request-details/warnings-to-acknowledge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";

export type AskedVerb = Exclude<DecisionVerb, "retry">;

type DialogWords = {
  title: string;
  description: string;
  button: string;
  label: string;
  /** A sentence when the comment is needed and missing; null: it may be left out. */
  missing: string | null;
};

/** What is said differently of a request to delete tables. */
const deletionWords: Partial<Record<AskedVerb, string>> = {
  approve: "With the last approval the tables are deleted as shown, without a further question.",
  send_back: "The person who asked can say more and submit it again. Nothing is deleted meanwhile.",
  reject: "This ends the request for good. The tables stay.",
  cancel: "This ends the request. Tables that are not deleted yet stay as they are.",
};

const words: Record<AskedVerb, DialogWords> = {
  approve: {
    title: "Approve",
    description: "With the last approval the tables are created as shown, without a further question.",
    button: "Approve",
    label: "Comment",
    missing: null,
  },
  send_back: {
    title: "Send back",
    description: "The person who asked can change the request and submit it again. The names stay reserved.",
    button: "Send back",
    label: "What should change",
    missing: "Say what should change; the person who asked needs it",
  },
  reject: {
    title: "Reject",
    description: "This ends the request for good and frees its names.",
    button: "Reject",
    label: "Why",
    missing: "Say why you reject it; the person who asked needs it",
  },
  cancel: {
    title: "Cancel",
    description: "This ends the request and gives its names back. Tables that exist already stay.",
    button: "Cancel the request",
    label: "Comment",
    missing: null,
  },
};

type DecisionDialogProps = {
  verb: AskedVerb;
  /** The version that was on the page when the dialog opened. */
  version: number;
  /** Kept by the owner, so that a refused decision does not lose what was written. */
  comment: string;
  onComment: (comment: string) => void;
  onClose: () => void;
  /** What is decided on, where the page behind the dialog does not show it. */
  children?: ReactNode;
};

/** Asks before a decision, with its comment. `DecisionDialog({ verb, version, comment, onComment, onClose, children })`. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { verb, version, comment, onComment, onClose, children } = props;
  const { page, me } = useLiveRequest();
  const { pending, run } = useDecision();
  const [error, setError] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const formId = useId();
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<string>>(new Set());
  const [unheeded, setUnheeded] = useState<string | null>(null);
  const warnings = verb === "approve" ? page.warnings : [];
  const { title, button, label, missing, ...usual } = words[verb];
  const description = (page.request.kind === "decommission" && deletionWords[verb]) || usual.description;
  const own = useAssumedUsage()?.own;
  const usage = verb === "approve" && own && Object.keys(own).length > 0 ? own : undefined;
  const warning = verb === "approve" ? loneMemberWarning(page.approvals, me) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = comment.trim();
    if (missing && !text) {
      setError(missing);
      return;
    }
    if (warnings.some(({ id }) => !acknowledged.has(id))) {
      setUnheeded("Acknowledge each warning, or send the request back");
      return;
    }
    const acknowledges = warnings.length > 0 && { acknowledged: [...acknowledged] };
    const onDone = () => {
      onComment("");
      onClose();
    };
    run(
      verb,
      { version, ...(text && { comment: text }), ...acknowledges, ...(usage && { usage }) },
      {
        onDone,
        onTooLate: onClose,
        onRefused: (failure) => {
          const onComment = failure.errors.find(({ path }) => path === "/comment");
          setError(onComment?.message ?? null);
          setRefused(onComment ? null : failure.message);
        },
      },
    );
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={`${title} request ${page.request.number}`}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            form={formId}
            variant={verb === "approve" ? "primary" : verb === "send_back" ? "default" : "danger"}
            pending={pending}
          >
            {button}
          </Button>
        </>
      }
    >
      {children}
      {usage ? <Note>Your own figures for the cost estimate are kept with your decision.</Note> : null}
      {warning ? <Note tone="warn">{warning}</Note> : null}
      {refused ? (
        <Note tone="bad" live>
          {refused}
        </Note>
      ) : null}
      <form id={formId} onSubmit={submit} noValidate>
        <WarningsToAcknowledge
          warnings={warnings}
          acknowledged={acknowledged}
          onChange={(now) => {
            setAcknowledged(now);
            setUnheeded(null);
          }}
          error={unheeded}
        />
        <Field label={label} optional={!missing} error={error}>
          {(control) => (
            <Textarea
              {...control}
              value={comment}
              maxLength={2000}
              required={Boolean(missing)}
              onChange={(event) => onComment(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
