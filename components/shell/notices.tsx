"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { countWords } from "#components/approval-queue/count-words.ts";
import { absoluteWords } from "#components/ui/relative-words.ts";

/** What the frame of every page tells beside the page, as `GET /api/notices` answers it. */
export type Notices = {
  /** How many requests wait for the reader. */
  approvals: number;
  /** How many notifications the reader has neither read nor been relieved of. */
  unread: number;
  /** Since when no worker runs (ISO 8601, or "never" one ran); null while one does. */
  missing_worker: { since: string } | null;
};

const everyMilliseconds = 30_000;
const NoticesContext = createContext<Notices>({ approvals: 0, unread: 0, missing_worker: null });
const changedEvent = "tablewright:notices-changed";

/** Has the frame ask anew, for the page just changed what it tells. */
export function refreshNotices(): void {
  window.dispatchEvent(new Event(changedEvent));
}

/**
 * Keeps the notices true while the reader goes from page to page: Next keeps the frame as it was first drawn.
 * Asks at every change of page, when told to and every 30 s in sight. `NoticesProvider({ drawn, children })`.
 */
export function NoticesProvider({ drawn, children }: { drawn: Notices; children: ReactNode }) {
  const pathname = usePathname();
  const [notices, setNotices] = useState(drawn);
  const first = useRef(true);
  useEffect(() => setNotices(drawn), [drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is the reason to ask
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      // What cannot be had now is asked again; the page itself tells when something is wrong.
      const answer = await fetch("/api/notices", { signal: gone.signal })
        .then((response) => (response.ok ? response.json() : null))
        .catch(() => null);
      if (answer && !gone.signal.aborted) setNotices(answer);
    };
    if (!first.current) void ask();
    first.current = false;
    const timer = setInterval(ask, everyMilliseconds);
    window.addEventListener(changedEvent, ask);
    return () => {
      window.removeEventListener(changedEvent, ask);
      clearInterval(timer);
      gone.abort();
    };
  }, [pathname]);
  return <NoticesContext value={notices}>{children}</NoticesContext>;
}

/** How many requests wait for the reader, beside "Approvals"; nothing for none. `WaitingCount()`. */
export function WaitingCount() {
  const { approvals } = useContext(NoticesContext);
  if (approvals === 0) return null;
  return (
    <span className="ml-auto rounded-full bg-sunken px-[7px] font-normal text-ink-2 text-xs leading-[1.45]">
      {countWords(approvals)}
      <span className="sr-only"> waiting for you</span>
    </span>
  );
}

/** The way to the reader's notifications, with how many are unread. `NotificationBell({ icon })`. */
export function NotificationBell({ icon }: { icon: ReactNode }) {
  const { unread } = useContext(NoticesContext);
  const current = usePathname() === "/notifications";
  return (
    <Link
      href="/notifications"
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className="relative flex size-9 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:text-accent"
    >
      {icon}
      <span className="sr-only">
        {unread > 0 ? `Notifications: ${countWords(unread)} unread` : "Notifications"}
      </span>
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 rounded-full bg-accent px-[5px] font-strong text-[0.6875rem] text-on-accent leading-[1.45]"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      ) : null}
    </Link>
  );
}

/** Says that no worker runs, and what that means; nothing while one does. `WorkerNotice()`. */
export function WorkerNotice() {
  const { missing_worker } = useContext(NoticesContext);
  return (
    <div role="status">
      {missing_worker ? (
        <p className="border-line border-b bg-wait-soft px-3.5 py-2 font-medium text-sm text-wait wide:px-6">
          {missing_worker.since === "never" ? (
            "No worker has run yet"
          ) : (
            <>
              No worker since{" "}
              <time dateTime={missing_worker.since}>{absoluteWords(Date.parse(missing_worker.since))}</time>
            </>
          )}
          : approved requests wait until one runs.
        </p>
      ) : null}
    </div>
  );
}
