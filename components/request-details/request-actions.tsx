"use client";

import { Pencil, RotateCw } from "lucide-react";
import { useState } from "react";
import { type AskedVerb, DecisionDialog } from "#components/request-details/decision-dialog.tsx";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { useDecision } from "#components/request-details/use-decision.ts";
import { Button } from "#components/ui/button.tsx";
import type { ButtonVariant } from "#components/ui/button-class.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.tsx";
import type { Decision } from "#lib/core/decision.ts";
import { canMove } from "#lib/requests/state.ts";

const reasonOf = (decision: Decision) => (decision.allowed ? null : decision.reason);

const asked: {
  verb: AskedVerb;
  event: "approve" | "reject" | "send-back" | "cancel";
  label: string;
  variant: ButtonVariant;
}[] = [
  { verb: "cancel", event: "cancel", label: "Cancel…", variant: "quiet" },
  { verb: "send_back", event: "send-back", label: "Send back…", variant: "default" },
  { verb: "reject", event: "reject", label: "Reject…", variant: "danger" },
  { verb: "approve", event: "approve", label: "Approve…", variant: "primary" },
];

/** What one can do with the request in its state; what this person cannot do says why. `RequestActionBar({ editHref })`. */
export function RequestActionBar({ editHref }: { editHref: string }) {
  const { page, shownVersion } = useLiveRequest();
  const [open, setOpen] = useState<{ verb: AskedVerb; version: number } | null>(null);
  const [comment, setComment] = useState("");
  const { state } = page.request;
  const { may } = page;
  const own = may.resubmit.allowed;
  // Who may reject somebody's request has no use for cancelling it.
  const cancels = may.cancel.allowed && (own || !may.reject.allowed);
  return (
    <>
      {canMove(state, "resubmit") && own ? (
        <LinkButton href={editHref} icon={Pencil}>
          {state === "submitted" ? "Edit" : "Edit and resubmit"}
        </LinkButton>
      ) : null}
      {asked
        .filter(({ verb, event }) => canMove(state, event) && (verb !== "cancel" || cancels))
        .map(({ verb, label, variant }) => (
          <Button
            key={verb}
            variant={variant}
            reasonAlign="end"
            disabledReason={reasonOf(may[verb])}
            onClick={() => setOpen({ verb, version: shownVersion })}
          >
            {label}
          </Button>
        ))}
      {canMove(state, "retry") ? <RetryButton variant="primary" /> : null}
      {open ? (
        <DecisionDialog {...open} comment={comment} onComment={setComment} onClose={() => setOpen(null)} />
      ) : null}
    </>
  );
}

/** Runs what failed again. `RetryButton({ variant, label })`. */
export function RetryButton({ variant, label = "Retry" }: { variant?: ButtonVariant; label?: string }) {
  const { page, shownVersion } = useLiveRequest();
  const { pending, run } = useDecision();
  return (
    <Button
      variant={variant}
      icon={RotateCw}
      pending={pending}
      reasonAlign="end"
      disabledReason={reasonOf(page.may.retry)}
      onClick={() =>
        run("retry", { version: shownVersion }, { onRefused: (failure) => showToast(failure.message, "bad") })
      }
    >
      {label}
    </Button>
  );
}
