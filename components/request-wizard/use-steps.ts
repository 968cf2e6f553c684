"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { focusField } from "./focus-field.ts";
import { stepIndex, steps } from "./steps.ts";

/**
 * Which step is shown, and how far one has come: every step up to there can be gone to. `headingRef` takes the focus
 * when the step changes, unless the change was made to reach a field.
 */
export function useSteps(first: { step: string; reached: number }) {
  const [place, setPlace] = useState<Place>(() => ({ at: stepIndex(first.step), focus: null }));
  const [reached, setReached] = useState(Math.max(first.reached, place.at));
  const headingRef = useRef<HTMLHeadingElement>(null);

  const go = useCallback((index: number, fieldName?: string) => {
    const at = Math.min(Math.max(index, 0), steps.length - 1);
    setPlace({ at, focus: fieldName ?? "heading" });
    setReached((before) => Math.max(before, at));
  }, []);

  useEffect(() => {
    if (place.focus === "heading") {
      headingRef.current?.focus({ preventScroll: true });
      headingRef.current?.scrollIntoView({ block: "nearest" });
    } else if (place.focus !== null) {
      focusField(place.focus);
    }
  }, [place]);

  return { at: place.at, step: steps[place.at]!, reached, go, headingRef };
}

/** A new object for every move: going to a field of the step that is shown moves the focus all the same. */
type Place = { at: number; focus: string | "heading" | null };

export type Nav = ReturnType<typeof useSteps>;
