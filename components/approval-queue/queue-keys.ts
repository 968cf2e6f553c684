/** What of a key press decides on its meaning; a `KeyboardEvent` has it. */
type Press = {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  defaultPrevented: boolean;
  /** The element that has the focus is typed into, or chosen from. */
  typing: boolean;
};

export type QueueMove = "next" | "previous" | "approve" | "reject" | "select";

const moves: Record<string, QueueMove> = {
  j: "next",
  k: "previous",
  a: "approve",
  r: "reject",
  x: "select",
};

/** What a key means in the queue; null for what is the browser's, or belongs to a field. */
export function queueMove({
  key,
  ctrlKey,
  altKey,
  metaKey,
  defaultPrevented,
  typing,
}: Press): QueueMove | null {
  if (typing || ctrlKey || altKey || metaKey || defaultPrevented) return null;
  return moves[key.toLowerCase()] ?? null;
}
