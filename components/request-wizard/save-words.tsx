"use client";

import { useEffect, useState } from "react";
import type { SaveState } from "./draft-saver.ts";

/** How the draft stands: "draft saved 3 s ago". The seconds are for the eye; a screen reader hears changes alone. */
export function SaveWords({ state }: { state: SaveState }) {
  return (
    <>
      <span
        aria-hidden="true"
        className={state.status === "retrying" || state.status === "stopped" ? "text-bad" : ""}
      >
        {state.status === "saved" ? <SavedAgo atMilliseconds={state.atMilliseconds} /> : words(state)}
      </span>
      <span role="status" className="sr-only">
        {state.status === "saved"
          ? "Draft saved"
          : state.status === "saving" || state.status === "unsaved"
            ? ""
            : words(state)}
      </span>
    </>
  );
}

function words(state: SaveState): string {
  switch (state.status) {
    case "untouched":
      return "saved as a draft while you type";
    case "unsaved":
    case "saving":
      return "saving the draft…";
    case "saved":
      return "draft saved";
    case "retrying":
      return `draft not saved, retrying: ${state.message}`;
    case "stopped":
      return `draft not saved: ${state.message}`;
  }
}

function SavedAgo({ atMilliseconds }: { atMilliseconds: number }) {
  const [nowMilliseconds, setNow] = useState(atMilliseconds);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((nowMilliseconds - atMilliseconds) / 1000));
  if (seconds < 60) return <>draft saved {seconds} s ago</>;
  if (seconds < 3600) return <>draft saved {Math.floor(seconds / 60)} min ago</>;
  return <>draft saved earlier</>;
}
