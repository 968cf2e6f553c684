"use client";

import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { StepKeys } from "./step-keys.tsx";
import type { StepId } from "./steps.ts";

// The later steps come after the first paint; `preloadSteps` fetches them before they are wanted.
const later = {
  capacity: () => import("./step-capacity.tsx").then((module) => module.StepCapacity),
  lifetime: () => import("./step-lifetime.tsx").then((module) => module.StepLifetime),
  protection: () => import("./step-protection.tsx").then((module) => module.StepProtection),
  indexes: () => import("./step-indexes.tsx").then((module) => module.StepIndexes),
  review: () => import("./step-review.tsx").then((module) => module.StepReview),
};

const Loading = () => <p role="status">Loading…</p>;

export const StepReview = dynamic(later.review, { loading: Loading });

/** What each step about one table shows. */
export const tableSteps: Partial<Record<StepId, ComponentType>> = {
  keys: StepKeys,
  capacity: dynamic(later.capacity, { loading: Loading }),
  lifetime: dynamic(later.lifetime, { loading: Loading }),
  protection: dynamic(later.protection, { loading: Loading }),
  indexes: dynamic(later.indexes, { loading: Loading }),
};

/** Fetches the later steps; a failure is met again, and shown, when the step is opened. */
export function preloadSteps(): void {
  for (const load of Object.values(later)) load().catch(() => {});
}
