"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { fetchJson } from "#lib/client/fetch-json.ts";

const everyMilliseconds = 5_000;

/**
 * Has the server render the queue anew once it holds something else than what `signature` stands for. Asks
 * `address` every five seconds while the page is in sight; what cannot be had is asked again.
 */
export function useQueueNews(address: string, signature: string): void {
  const router = useRouter();
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const news = await fetchJson<{ signature: string }>(address, { signal: gone.signal }).catch(() => null);
      if (news && news.signature !== signature && !gone.signal.aborted) router.refresh();
    };
    const timer = setInterval(ask, everyMilliseconds);
    return () => {
      clearInterval(timer);
      gone.abort();
    };
  }, [router, address, signature]);
}
