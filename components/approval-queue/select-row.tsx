"use client";

import { useQueueDesk } from "#components/approval-queue/queue-desk.tsx";
import { Button } from "#components/ui/button.tsx";

/** Selects a request of the queue for approval with others; nothing where the reader cannot decide on it. `SelectRow({ id })`. */
export function SelectRow({ id }: { id: string }) {
  const desk = useQueueDesk();
  const entry = desk?.entries.find((one) => one.id === id);
  if (!desk || !entry || entry.reason !== null) return null;
  return (
    <input
      type="checkbox"
      aria-label={`Select request ${entry.number}`}
      checked={desk.selected.has(id)}
      onChange={() => desk.toggle(id)}
      className="size-4 cursor-pointer accent-accent"
    />
  );
}

/** "Approve 2 selected…"; says why it cannot be pressed while nothing is. `ApproveSelected()`. */
export function ApproveSelected() {
  const desk = useQueueDesk();
  if (!desk?.entries.some(({ reason }) => reason === null)) return null;
  const count = desk.selected.size;
  return (
    <Button
      reasonAlign="end"
      disabledReason={count === 0 ? "Select requests first" : null}
      onClick={desk.approveSelected}
    >
      {count === 0 ? "Approve selected…" : `Approve ${count} selected…`}
    </Button>
  );
}
