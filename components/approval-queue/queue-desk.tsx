"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { QueueActions, QueueEntry } from "#components/approval-queue/queue-entry.ts";
import type { QuickDecision } from "#components/approval-queue/quick-decision.tsx";
import { useQueueKeys } from "#components/approval-queue/use-queue-keys.ts";
import { useQueueNews } from "#components/approval-queue/use-queue-news.ts";
import { showToast } from "#components/ui/toast.tsx";

// Loaded when the first decision is made from the queue.
const QuickDecisionDialog = dynamic(
  async () => (await import("#components/approval-queue/quick-decision.tsx")).QuickDecisionDialog,
  { ssr: false },
);
const BatchDialog = dynamic(
  async () => (await import("#components/approval-queue/batch-dialog.tsx")).BatchDialog,
  { ssr: false },
);

type Desk = {
  entries: readonly QueueEntry[];
  /** The ids of what is selected, and still there at the version that was selected. */
  selected: ReadonlySet<string>;
  toggle: (id: string) => void;
  approveSelected: () => void;
};

const DeskContext = createContext<Desk | null>(null);

/** The queue's selection, below `QueueDesk`; null elsewhere, where rows cannot be selected. */
export function useQueueDesk(): Desk | null {
  return useContext(DeskContext);
}

type QueueDeskProps = {
  /** The rows on the page, in their order. */
  entries: readonly QueueEntry[];
  /** Where to ask whether they are still so, and what they were when the server drew them. */
  newsAddress: string;
  signature: string;
  /** The reader's name. */
  me: string;
  actions: QueueActions;
  children: ReactNode;
};

/**
 * What one does with the queue as a whole: select, approve several, decide by keyboard; and new requests appear by
 * themselves. `QueueDesk({ entries, newsAddress, signature, me, actions, children })`.
 */
export function QueueDesk({ entries, newsAddress, signature, me, actions, children }: QueueDeskProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const [batch, setBatch] = useState<readonly QueueEntry[] | null>(null);
  const [quick, setQuick] = useState<QuickDecision | null>(null);
  useQueueNews(newsAddress, signature);

  const toggle = useCallback(
    (id: string) => {
      const entry = entries.find((one) => one.id === id);
      if (!entry || entry.reason !== null) return;
      setChosen((before) => {
        const after = new Map(before);
        if (!after.delete(id)) after.set(id, entry.version);
        return after;
      });
    },
    [entries],
  );
  const decide = (verb: QuickDecision["verb"], entry: QueueEntry) => {
    if (entry.reason !== null) showToast(`Request ${entry.number}: ${entry.reason}`, "bad");
    else setQuick({ verb, entry });
  };
  useQueueKeys(list, entries, {
    approve: (entry) => decide("approve", entry),
    reject: (entry) => decide("reject", entry),
    select: (entry) => toggle(entry.id),
  });

  const desk = useMemo<Desk>(() => {
    const ready = entries.filter(({ id, version, reason }) => reason === null && chosen.get(id) === version);
    return {
      entries,
      selected: new Set(ready.map(({ id }) => id)),
      toggle,
      approveSelected: () => setBatch(ready),
    };
  }, [entries, chosen, toggle]);
  const closeBatch = () => {
    setBatch(null);
    // What was approved is gone from the list then; what was not stays selected.
    router.refresh();
  };
  return (
    <DeskContext value={desk}>
      <div ref={list}>{children}</div>
      {batch ? <BatchDialog entries={batch} approveMany={actions.approveMany} onClose={closeBatch} /> : null}
      {quick ? (
        <QuickDecisionDialog
          {...quick}
          me={me}
          actions={actions}
          onClose={() => {
            setQuick(null);
            router.refresh();
          }}
        />
      ) : null}
    </DeskContext>
  );
}
