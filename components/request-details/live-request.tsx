"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";
import type { LiveNews, Reload } from "#components/request-details/live-poll.tsx";
import {
  contentSignature,
  type LiveRequestView,
  type RequestActions,
} from "#components/request-details/request-page.ts";

const LivePoll = dynamic(async () => (await import("#components/request-details/live-poll.tsx")).LivePoll, {
  ssr: false,
});

export type LiveRequest = {
  /** The newest state. */
  page: LiveRequestView;
  /** The version whose specs and plans are on the page: what a decision is about. */
  shownVersion: number;
  /** When `page` was read, in milliseconds. */
  readAtMilliseconds: number;
  /** Why the newest state could not be had; null while all is well. */
  trouble: string | null;
  /** The reader's name. */
  me: string;
  actions: RequestActions;
  /** A decision that came too late, in words; null: none. */
  refusal: string | null;
  setRefusal: (message: string | null) => void;
  /** Reads the newest state at once. */
  reload: Reload;
};

const LiveRequestContext = createContext<LiveRequest | null>(null);

/** The request as of now, below `LiveRequestProvider`. */
export function useLiveRequest(): LiveRequest {
  const live = useContext(LiveRequestContext);
  if (!live) throw new Error("useLiveRequest outside LiveRequestProvider");
  return live;
}

type LiveRequestProviderProps = {
  /** What the server rendered from. */
  initial: LiveRequestView;
  /** When it was read, in milliseconds. */
  readAtMilliseconds: number;
  me: string;
  actions: RequestActions;
  children: ReactNode;
};

/**
 * Keeps a request's page up to date: polls while something can happen, and has the server render the page anew when
 * content, state or the tables that are ready changed.
 * `LiveRequestProvider({ initial, readAtMilliseconds, me, actions, children })`.
 */
export function LiveRequestProvider(props: LiveRequestProviderProps) {
  const { initial, readAtMilliseconds, me, actions, children } = props;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [news, setNews] = useNewest({ page: initial, readAtMilliseconds });
  const renderAnew = useRenderAnew(contentSignature(initial.request), contentSignature(news.page.request));
  const polled = useRef<Reload | null>(null);
  const onReady = useCallback((reload: Reload | null) => {
    polled.current = reload;
  }, []);
  const reload = useCallback(async () => (polled.current ? polled.current() : renderAnew()), [renderAnew]);

  const live = useMemo<LiveRequest>(
    () => ({
      ...news,
      shownVersion: initial.request.version,
      trouble,
      me,
      actions,
      refusal,
      setRefusal,
      reload,
    }),
    [news, initial.request.version, trouble, me, actions, refusal, reload],
  );
  return (
    <LiveRequestContext value={live}>
      {children}
      <LivePoll initial={initial} onNews={setNews} onTrouble={setTrouble} onReady={onReady} />
    </LiveRequestContext>
  );
}

/** What arrived last: from the server's rendering, or from a poll. Clocks of two machines are not compared. */
function useNewest(rendered: LiveNews): [LiveNews, (news: LiveNews) => void] {
  const [seen, setSeen] = useState(rendered.page);
  const [news, setNews] = useState(rendered);
  if (seen !== rendered.page) {
    setSeen(rendered.page);
    setNews(rendered);
  }
  return [news, setNews];
}

/** Has the server render the page anew when what it rendered from is no longer so, one look at a time, or when asked to. */
function useRenderAnew(rendered: string, now: string): () => void {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const asked = useRef(rendered);
  const renderAnew = useCallback(() => startTransition(() => router.refresh()), [router]);
  useEffect(() => {
    if (pending || now === rendered || now === asked.current) return;
    asked.current = now;
    renderAnew();
  }, [pending, now, rendered, renderAnew]);
  return renderAnew;
}
