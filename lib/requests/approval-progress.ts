import type { Requirement } from "./schema.ts";

export type Given = { personId: string; group: string; decision: string; version: number };
export type Entry = Requirement & { given: number };

/** The ordered entries with how many approvals of this version each has got. */
export function approvalEntries(
  required: readonly Requirement[],
  given: readonly Given[],
  version: number,
): Entry[] {
  const left = new Map<string, number>();
  for (const one of given) {
    if (one.decision !== "approve" || one.version !== version) continue;
    left.set(one.group, (left.get(one.group) ?? 0) + 1);
  }
  return required.map((entry) => {
    const taken = Math.min(entry.count, left.get(entry.group) ?? 0);
    left.set(entry.group, (left.get(entry.group) ?? 0) - taken);
    return { ...entry, given: taken };
  });
}

/** The entry whose turn it is: the first that is unmet; undefined once all are met. */
export function entryInTurn(entries: readonly Entry[]): Entry | undefined {
  return entries.find((entry) => entry.given < entry.count);
}
