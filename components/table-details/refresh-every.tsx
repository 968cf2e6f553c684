"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/** Has the server render the page anew every so many seconds while it is in sight. `RefreshEvery({ seconds })`. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    if (pending) return;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") startTransition(() => router.refresh());
      else document.addEventListener("visibilitychange", refresh, { once: true });
    }, seconds * 1000);
    const refresh = () => startTransition(() => router.refresh());
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [pending, router, seconds]);
  return null;
}
