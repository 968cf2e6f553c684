import type { DeletionCall } from "./deletion-plan.ts";
import type { PlannedCall } from "./plan.ts";

export const planEffects = ["new table", "in place", "slow", "interrupts", "cannot be undone"] as const;

/**
 * What a call does to whoever uses the table meanwhile. `in place`: nothing; `slow`: nothing, but it takes long;
 * `interrupts`: something stops or changes its address; `cannot be undone`: no call takes it back.
 */
export type PlanEffect = (typeof planEffects)[number];

const effects: Record<(PlannedCall | DeletionCall)["call"], PlanEffect> = {
  CreateTable: "new table",
  // Up to an hour: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
  UpdateTimeToLive: "slow",
  UpdateContinuousBackups: "in place",
  // Only deletion protection is ever switched with it here.
  UpdateTable: "in place",
  DeleteTable: "cannot be undone",
};

/** The effect of a planned call. */
export function effectOf({ call }: Pick<PlannedCall | DeletionCall, "call">): PlanEffect {
  return effects[call];
}
