"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import type { QueueActions, QueueEntry } from "#components/approval-queue/queue-entry.ts";
import { DecisionDialog } from "#components/request-details/decision-dialog.tsx";
import { LiveRequestProvider } from "#components/request-details/live-request.tsx";
import type { LiveRequestView } from "#components/request-details/request-page.ts";
import { showToast } from "#components/ui/toast.tsx";
import { fetchJson } from "#lib/client/fetch-json.ts";

export type QuickDecision = { verb: "approve" | "reject"; entry: QueueEntry };

type QuickDecisionDialogProps = QuickDecision & {
  me: string;
  actions: QueueActions;
  onClose: () => void;
};

/**
 * The dialog of a request's own page, above the queue: reads the request first, and decides on the version that the row
 * showed. `QuickDecisionDialog({ verb, entry, me, actions, onClose })`.
 */
export function QuickDecisionDialog({ verb, entry, me, actions, onClose }: QuickDecisionDialogProps) {
  const [read, setRead] = useState<{ page: LiveRequestView; at: number } | null>(null);
  const [comment, setComment] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: one read for one opening
  useEffect(() => {
    const gone = new AbortController();
    fetchJson<LiveRequestView>(`/api/requests/${entry.id}`, { signal: gone.signal }).then(
      (page) => setRead({ page, at: Date.now() }),
      (error: Error) => {
        if (gone.signal.aborted) return;
        showToast(error.message, "bad");
        onClose();
      },
    );
    return () => gone.abort();
  }, [entry.id]);
  if (!read) return null;
  const { request } = read.page;
  return (
    <LiveRequestProvider initial={read.page} readAtMilliseconds={read.at} me={me} actions={telling(actions)}>
      <DecisionDialog
        verb={verb}
        version={entry.version}
        comment={comment}
        onComment={setComment}
        onClose={onClose}
      >
        <p>
          {entry.title}, {entry.environment}, asked for by {entry.requester}: {request.justification}
        </p>
        <p className="mono text-ink-2 [overflow-wrap:anywhere]">
          {request.tables.map(({ name }) => name).join(", ")}
        </p>
        <p>
          <Link href={`/requests/${entry.id}`} prefetch={false} className="link">
            Look at its settings and plan
          </Link>
        </p>
      </DecisionDialog>
    </LiveRequestProvider>
  );
}

/** A decision that came too late is told on a request's own page; here it closes the dialog, so it is told beside it. */
function telling(actions: QueueActions): QueueActions {
  const tell =
    (verb: "approve" | "reject"): QueueActions["approve"] =>
    async (input) => {
      const result = await actions[verb](input);
      if (!result.ok && result.code === "CONFLICT") showToast(result.message, "bad");
      return result;
    };
  return { ...actions, approve: tell("approve"), reject: tell("reject") };
}
