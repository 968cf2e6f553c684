"use client";

import { useSyncExternalStore } from "react";
import { absoluteWords, relativeWords } from "#components/ui/relative-words.ts";

const tickMilliseconds = 10_000;
const listeners = new Set<() => void>();
let nowMilliseconds = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  nowMilliseconds = Date.now();
  for (const listener of listeners) listener();
}

/** One clock for all the times on a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMilliseconds);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    nowMilliseconds = 0;
  };
}

function clientNow(): number | null {
  if (nowMilliseconds === 0) nowMilliseconds = Date.now();
  return nowMilliseconds;
}

const serverNow = () => null;

type RelativeTimeProps = {
  /** ISO 8601. */
  at: string;
  style?: "long" | "short";
};

/**
 * "14 minutes ago" that stays true; the server and a reader without JavaScript get the UTC time.
 * `RelativeTime({ at: ISO 8601, style: long | short })`.
 */
export function RelativeTime({ at, style = "long" }: RelativeTimeProps) {
  const now = useSyncExternalStore<number | null>(subscribe, clientNow, serverNow);
  const milliseconds = Date.parse(at);
  const utc = absoluteWords(milliseconds);
  // News may be younger than the last tick: that is "just now", not "in a moment".
  const isNews = now !== null && Math.abs(milliseconds - now) <= tickMilliseconds;
  return (
    <time dateTime={at} title={utc} className="whitespace-nowrap">
      {now === null ? utc : relativeWords(milliseconds, isNews ? Math.max(now, milliseconds) : now, style)}
    </time>
  );
}
