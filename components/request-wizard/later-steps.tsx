"use client";

import type { ComponentType } from "react";
import { StepCapacity } from "./step-capacity.tsx";
import { StepIndexes } from "./step-indexes.tsx";
import { StepLifetime } from "./step-lifetime.tsx";
import { StepProtection } from "./step-protection.tsx";
import { StepReview } from "./step-review.tsx";
import type { StepId } from "./steps.ts";

/** The steps that are not part of the first load: what those about one table show, and the review. */
export const laterSteps = {
  perTable: {
    capacity: StepCapacity,
    lifetime: StepLifetime,
    protection: StepProtection,
    indexes: StepIndexes,
  } as Partial<Record<StepId, ComponentType>>,
  Review: StepReview,
};
