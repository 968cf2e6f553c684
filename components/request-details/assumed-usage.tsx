"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Usage } from "#lib/table-spec/cost.ts";

/** What is expected of each table, by key. */
export type Usages = Record<string, Usage>;

type Assumed = {
  usage: Usages;
  /** The reader assumes something else than the requester. */
  changed: boolean;
  assume: (key: string, usage: Usage) => void;
  /** Back to what the requester said. */
  reset: () => void;
};

const AssumedContext = createContext<Assumed | null>(null);

/** What the reader assumes of the tables; null where nothing can be assumed. */
export function useAssumedUsage(): Assumed | null {
  return useContext(AssumedContext);
}

/**
 * Keeps what a reviewer assumes of a request's use, beside what its requester said: nothing of it is stored until they decide.
 * `AssumedUsageProvider({ asked, children })`.
 */
export function AssumedUsageProvider({ asked, children }: { asked: Usages | null; children: ReactNode }) {
  const [own, setOwn] = useState<Usages>({});
  const value = useMemo<Assumed>(
    () => ({
      usage: { ...asked, ...own },
      changed: Object.keys(own).length > 0,
      assume: (key, usage) => setOwn((before) => ({ ...before, [key]: usage })),
      reset: () => setOwn({}),
    }),
    [asked, own],
  );
  return <AssumedContext value={value}>{children}</AssumedContext>;
}
