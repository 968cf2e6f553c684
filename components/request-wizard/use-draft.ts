"use client";

import { useEffect, useMemo, useState } from "react";
import { fetchJson } from "#lib/client/fetch-json.ts";
import type { DraftContent } from "#lib/requests/draft-schema.ts";
import { DraftSaver, type SavedDraft, type SaveState } from "./draft-saver.ts";

const put = (body: { id: string | null; content: DraftContent }, leaving: boolean) =>
  fetchJson<SavedDraft>("/api/drafts", { method: "PUT", body, keepalive: leaving });

export type Draft = { state: SaveState; saver: DraftSaver | null; discard: () => Promise<void> };

/**
 * Saves `content` as it changes, also when the page is left, and shows the draft in the address so that it can be
 * resumed. `stored` is the draft the page was opened with; `enabled` false saves nothing.
 */
export function useDraft(
  content: DraftContent,
  stored: { id: string; savedAtMilliseconds: number } | null,
  enabled: boolean,
): Draft {
  const [state, setState] = useState<SaveState>(
    stored ? { status: "saved", atMilliseconds: stored.savedAtMilliseconds } : { status: "untouched" },
  );
  const [saver] = useState(() =>
    enabled
      ? new DraftSaver(stored?.id ?? null, content, { put, onState: setState, onId: showInAddress })
      : null,
  );

  useEffect(() => saver?.change(content), [saver, content]);
  useEffect(() => {
    if (!saver) return;
    const leave = () => saver.leave();
    // A phone may end a page that was put aside without another word.
    const aside = () => document.visibilityState === "hidden" && leave();
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", aside);
    return () => {
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", aside);
      // Moving on inside the portal hides no page.
      saver.leave();
    };
  }, [saver]);

  return useMemo(() => ({ state, saver, discard: () => discardDraft(saver) }), [state, saver]);
}

async function discardDraft(saver: DraftSaver | null): Promise<void> {
  const id = await saver?.settle();
  if (!id) return;
  try {
    await fetchJson(`/api/drafts/${id}`, { method: "DELETE" });
  } catch (error) {
    saver?.resume();
    throw error;
  }
}

function showInAddress(id: string): void {
  // The answer may come when another page is shown.
  if (window.location.pathname !== "/requests/new") return;
  window.history.replaceState(window.history.state, "", `/requests/new?draft=${id}`);
}
