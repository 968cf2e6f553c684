"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { QueueEntry } from "#components/approval-queue/queue-entry.ts";
import { queueMove } from "#components/approval-queue/queue-keys.ts";
import { shortcutsOn } from "#components/approval-queue/shortcuts.ts";

type Verbs = Record<"approve" | "reject" | "select", (entry: QueueEntry) => void>;

const typedInto = "input, textarea, select, [contenteditable], dialog *";

/**
 * Moves through the rows of `list` with j and k, and decides on the one that has the focus, or had it last. Rows are
 * found by their links, which carry `data-request`.
 */
export function useQueueKeys(
  list: RefObject<HTMLElement | null>,
  entries: readonly QueueEntry[],
  verbs: Verbs,
): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const links = () => [...(list.current?.querySelectorAll<HTMLElement>("a[data-request]") ?? [])];
    const remember = () => {
      const row = document.activeElement?.closest("tr")?.querySelector<HTMLElement>("a[data-request]");
      if (row && list.current?.contains(row)) last.current = row.dataset.request ?? null;
    };
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      // A checkbox of the list takes no letters.
      const typing = Boolean(target?.matches(typedInto) && !target.matches("input[type=checkbox]"));
      const move =
        shortcutsOn() && !document.querySelector("dialog[open]") ? queueMove(pressOf(event, typing)) : null;
      if (!move) return;
      const all = links();
      const place = all.findIndex((link) => link.dataset.request === last.current);
      if (move === "next" || move === "previous") {
        event.preventDefault();
        const step = move === "next" ? place + 1 : Math.max(place, 1) - 1;
        all[Math.min(step, all.length - 1)]?.focus();
        return;
      }
      const entry = entries.find(({ id }) => id === all[place]?.dataset.request);
      if (!entry) return;
      event.preventDefault();
      all[place]?.focus();
      verbs[move](entry);
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("keydown", press);
    };
  });
}

function pressOf({ key, ctrlKey, altKey, metaKey, defaultPrevented }: KeyboardEvent, typing: boolean) {
  return { key, ctrlKey, altKey, metaKey, defaultPrevented, typing };
}
