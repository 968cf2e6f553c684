"use client";

import { useEffect } from "react";
import type { MarkRead } from "#components/notifications/mark-read-button.tsx";
import { refreshNotices } from "#components/shell/notices.tsx";
import { attempt } from "#lib/client/attempt.ts";

/** Whoever opens a request has read what the notices tell of it. `ReadOnOpening({ request, action })`. */
export function ReadOnOpening({ request, action }: { request: string; action: MarkRead }) {
  useEffect(() => {
    // What cannot be marked now stays unread, and is marked at the next visit.
    void attempt(() => action({ request })).then((result) => {
      if (result.ok) refreshNotices();
    });
  }, [request, action]);
  return null;
}
