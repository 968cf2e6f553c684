"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { controlId } from "./faults.ts";
import { stepIndex, steps } from "./steps.ts";

const patienceFrames = 60;

/** Puts the focus on a field once it is on the page: its step may still be on its way. */
function focusField(name: string, framesLeft = patienceFrames): void {
  const field = document.getElementById(controlId(name)) ?? document.getElementsByName(name)[0];
  if (field) {
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  } else if (framesLeft > 0) {
    requestAnimationFrame(() => focusField(name, framesLeft - 1));
  }
}

/**
 * Which step is shown, and how far one has come: every step up to there can be gone to. `headingRef` takes the focus
 * when the step changes, unless the change was made to reach a field.
 */
export function useSteps(first: { step: string; reached: number }) {
  const [at, setAt] = useState(() => stepIndex(first.step));
  const [reached, setReached] = useState(Math.max(first.reached, at));
  const headingRef = useRef<HTMLHeadingElement>(null);
  const focus = useRef<string | "heading" | null>(null);

  const go = useCallback((index: number, fieldName?: string) => {
    const next = Math.min(Math.max(index, 0), steps.length - 1);
    focus.current = fieldName ?? "heading";
    setAt(next);
    setReached((before) => Math.max(before, next));
  }, []);

  useEffect(() => {
    const wanted = focus.current;
    focus.current = null;
    if (wanted === "heading") {
      headingRef.current?.focus({ preventScroll: true });
      headingRef.current?.scrollIntoView({ block: "nearest" });
    } else if (wanted !== null) {
      focusField(wanted);
    }
  });

  return { at, step: steps[at]!, reached, go, headingRef };
}
