"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { AppError } from "#lib/core/errors.ts";
import { pauseMilliseconds } from "./pauses.ts";

/** Only what may pass by itself is asked again; a refusal stays a refusal. */
const retry = (failures: number, error: Error) =>
  failures < 3 && error instanceof AppError && (error.code === "UNAVAILABLE" || error.code === "LIMIT");

/** Holds what the browser has read; put it around the part of a page that polls or checks. `QueryProvider({ children })`. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry, retryDelay: pauseMilliseconds, staleTime: 10_000, refetchOnWindowFocus: false },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
