import type { DeletionCall } from "#lib/provisioning/deletion-plan.ts";
import type { PlannedCall } from "#lib/provisioning/plan.ts";
import { effectOf, type PlanEffect } from "#lib/provisioning/plan-effect.ts";

/** One call of a plan; `input` is what is sent to AWS. */
export type ShownCall = { call: string; input: Record<string, unknown>; summary: string; effect: PlanEffect };

/** A call of a plan as the preview and the request's page show it, with its effect. */
export const shownCall = (planned: PlannedCall | DeletionCall): ShownCall => ({
  call: planned.call,
  input: { ...planned.input },
  summary: planned.summary,
  effect: effectOf(planned),
});
