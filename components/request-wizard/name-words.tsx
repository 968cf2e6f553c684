"use client";

import type { NameState } from "./wizard-context.ts";

/** Whether a name is free, in words. */
export function NameWords({ state }: { state: NameState }) {
  switch (state.status) {
    case "none":
      return <>The name shows as you type.</>;
    case "checking":
      return <>Looking whether the name is free…</>;
    case "free":
      return <>The name is free in Tablewright.</>;
    case "unknown":
      return <>Could not look whether the name is free; it is checked again when you submit.</>;
    case "refused":
      return <span className="text-bad">{state.problem}</span>;
  }
}
