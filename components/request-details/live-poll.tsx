"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type LiveRequestView, pollMilliseconds } from "#components/request-details/request-page.ts";
import { fetchJson } from "#lib/client/fetch-json.ts";
import { AppError, type ErrorCode } from "#lib/core/errors.ts";

/** Refusals after which asking again makes no sense, in words for the reader. */
const ends: Partial<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: "You are signed out. Sign in to see how it goes on.",
  NOT_FOUND: "This request is gone, or you may not see it any more.",
};

export type LiveNews = { page: LiveRequestView; readAtMilliseconds: number };
/** Reads the newest state at once; settles when it is there or could not be had. */
export type Reload = () => Promise<unknown>;

type LivePollProps = {
  initial: LiveRequestView;
  /** Each newer state, as it arrives. */
  onNews: (news: LiveNews) => void;
  /** Why there is no news, in words; null when there is again. */
  onTrouble: (words: string | null) => void;
  /** How to ask at once; null when this is gone. */
  onReady: (reload: Reload | null) => void;
};

/**
 * Asks for a request's newest state while something can happen to it; draws nothing. A module of its own, loaded
 * after the page is there. `LivePoll({ initial, onNews, onTrouble, onReady })`.
 */
export function LivePoll({ initial, onNews, onTrouble, onReady }: LivePollProps) {
  const [client] = useState(() => new QueryClient());
  const { id } = initial.request;
  const { data, dataUpdatedAt, error, refetch, isFetchedAfterMount } = useQuery(
    {
      queryKey: ["request", id],
      queryFn: ({ signal }) => fetchJson<LiveRequestView>(`/api/requests/${id}`, { signal }),
      initialData: initial,
      staleTime: 0,
      retry: false,
      refetchInterval: (query) =>
        endOf(query.state.error) ? false : pollMilliseconds((query.state.data ?? initial).request.state),
    },
    client,
  );
  useEffect(() => {
    if (isFetchedAfterMount) onNews({ page: data, readAtMilliseconds: dataUpdatedAt });
  }, [isFetchedAfterMount, data, dataUpdatedAt, onNews]);
  useEffect(() => onTrouble(error ? troubleWords(error) : null), [error, onTrouble]);
  useEffect(() => {
    onReady(refetch);
    return () => onReady(null);
  }, [refetch, onReady]);
  return null;
}

function troubleWords(error: Error): string {
  return endOf(error) ?? "The server cannot be reached at the moment. This page tries again by itself.";
}

function endOf(error: Error | null): string | undefined {
  return error instanceof AppError ? ends[error.code] : undefined;
}
