"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { assumedUsage, type TypedFigures } from "#components/request-details/assumed-figures.ts";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import type { Usage } from "#lib/table-spec/cost.ts";

/** What is expected of each table, by key. */
type Usages = Record<string, Usage>;

type Assumed = {
  /** As the requester said it. */
  asked: Usages;
  /** What the reader assumes instead, of the tables of which it is something else. */
  own: Usages;
  /** What stands in the fields that were touched, by key. */
  typed: Record<string, TypedFigures>;
  /** Whether the reader's figures can go with a decision. */
  may: boolean;
  type: (key: string, field: keyof Usage, text: string) => void;
  /** Back to what the requester said. */
  reset: () => void;
};

const AssumedContext = createContext<Assumed | null>(null);

/** What the reader assumes of the tables; null outside a request's page, where nothing can be assumed. */
export function useAssumedUsage(): Assumed | null {
  return useContext(AssumedContext);
}

type AssumedUsageProviderProps = { asked: Usages | null; children: ReactNode };

/**
 * Keeps what a reviewer assumes of a request's use, beside what its requester said: nothing of it is stored until they approve,
 * and another version of the request begins with what was said for that one. `AssumedUsageProvider({ asked, children })`.
 */
export function AssumedUsageProvider({ asked, children }: AssumedUsageProviderProps) {
  const { page, shownVersion } = useLiveRequest();
  const [{ version, typed }, setTyped] = useState<{ version: number; typed: Assumed["typed"] }>({
    version: shownVersion,
    typed: {},
  });
  if (version !== shownVersion) setTyped({ version: shownVersion, typed: {} });
  const may = page.may.approve.allowed;
  const value = useMemo<Assumed>(() => {
    const said = asked ?? {};
    const own = Object.entries(may ? typed : {}).flatMap(([key, figures]) => {
      const usage = assumedUsage(said[key], figures);
      return usage ? [[key, usage] as const] : [];
    });
    return {
      asked: said,
      own: Object.fromEntries(own),
      typed,
      may,
      type: (key, field, text) =>
        setTyped((before) => ({
          ...before,
          typed: { ...before.typed, [key]: { ...before.typed[key], [field]: text } },
        })),
      reset: () => setTyped((before) => ({ ...before, typed: {} })),
    };
  }, [asked, may, typed]);
  return <AssumedContext value={value}>{children}</AssumedContext>;
}
