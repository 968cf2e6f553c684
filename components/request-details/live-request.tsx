"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";
import { fetchLiveRequest, LiveRequestError } from "#components/request-details/fetch-live-request.ts";
import {
  contentSignature,
  type LiveRequestView,
  pollMilliseconds,
  type RequestActions,
} from "#components/request-details/request-page.ts";

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
  reload: () => Promise<unknown>;
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
  const [client] = useState(() => new QueryClient());
  const [refusal, setRefusal] = useState<string | null>(null);
  const { id } = initial.request;
  const { data, dataUpdatedAt, error, refetch } = useQuery(
    {
      queryKey: ["request", id],
      queryFn: ({ signal }) => fetchLiveRequest(id, signal),
      initialData: initial,
      initialDataUpdatedAt: readAtMilliseconds,
      staleTime: 2000,
      retry: false,
      refetchOnWindowFocus: true,
      refetchInterval: (query) =>
        query.state.error instanceof LiveRequestError && query.state.error.gone
          ? false
          : pollMilliseconds((query.state.data ?? initial).request.state),
    },
    client,
  );
  useRenderAnew(contentSignature(initial.request), contentSignature(data.request));

  const live = useMemo<LiveRequest>(
    () => ({
      page: data,
      shownVersion: initial.request.version,
      readAtMilliseconds: dataUpdatedAt,
      trouble: error ? troubleWords(error) : null,
      me,
      actions,
      refusal,
      setRefusal,
      reload: refetch,
    }),
    [data, initial.request.version, dataUpdatedAt, error, me, actions, refusal, refetch],
  );
  return <LiveRequestContext value={live}>{children}</LiveRequestContext>;
}

function troubleWords(error: Error): string {
  if (error instanceof LiveRequestError) return error.message;
  return "The server cannot be reached at the moment. This page tries again by itself.";
}

/** Has the server render the page anew when what it rendered from is no longer so; one look at a time. */
function useRenderAnew(rendered: string, now: string): void {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const asked = useRef(rendered);
  useEffect(() => {
    if (pending || now === rendered || now === asked.current) return;
    asked.current = now;
    startTransition(() => router.refresh());
  }, [pending, now, rendered, router]);
}
