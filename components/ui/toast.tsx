"use client";

import { CircleCheck, CircleX, X } from "lucide-react";
import { useEffect, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type Toast = { id: number; tone: "ok" | "bad"; text: string };

const eventName = "tablewright:toast";
const shownMilliseconds = 6000;
let lastId = 0;

/** Shows a short message at the edge of the page, and has it read out. Bad news stays until it is closed. */
export function showToast(text: string, tone: Toast["tone"] = "ok"): void {
  lastId += 1;
  window.dispatchEvent(new CustomEvent<Toast>(eventName, { detail: { id: lastId, tone, text } }));
}

/** Where toasts appear; the shell holds one. `Toaster()`; call `showToast(text, tone: ok | bad)` from client code. */
export function Toaster() {
  const [toasts, setToasts] = useState<Toast[]>([]);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const add = (event: Event) => {
      const toast = (event as CustomEvent<Toast>).detail;
      setToasts((all) => [...all.slice(-3), toast]);
      if (toast.tone === "ok") {
        timers.add(
          setTimeout(() => setToasts((all) => all.filter(({ id }) => id !== toast.id)), shownMilliseconds),
        );
      }
    };
    window.addEventListener(eventName, add);
    return () => {
      window.removeEventListener(eventName, add);
      for (const timer of timers) clearTimeout(timer);
    };
  }, []);

  return (
    <div
      aria-live="polite"
      className="fixed right-4 bottom-4 z-50 grid w-[min(24rem,calc(100vw-2rem))] gap-2"
    >
      {toasts.map(({ id, tone, text }) => (
        <div
          key={id}
          className="flex items-start gap-2.5 rounded-md border border-line bg-card px-3 py-2.5 shadow-float"
        >
          <Icon
            icon={tone === "ok" ? CircleCheck : CircleX}
            className={classNames("mt-[3px]", tone === "ok" ? "text-ok" : "text-bad")}
          />
          <p className="min-w-0 grow [overflow-wrap:anywhere]">{text}</p>
          <button
            type="button"
            aria-label="Dismiss"
            onClick={() => setToasts((all) => all.filter((toast) => toast.id !== id))}
            className="cursor-pointer rounded-sm p-0.5 text-ink-2 hover:bg-sunken"
          >
            <Icon icon={X} />
          </button>
        </div>
      ))}
    </div>
  );
}
