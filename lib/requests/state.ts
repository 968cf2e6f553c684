export const requestStates = [
  "draft",
  "submitted",
  "sent_back",
  "approved",
  "provisioning",
  "completed",
  "failed",
  "rejected",
  "cancelled",
  "expired",
] as const;
export type RequestState = (typeof requestStates)[number];

/** From which states an event may happen, and where it leads: drives updates, buttons and tests alike. */
export const transitions = {
  submit: { from: ["draft"], to: "submitted" },
  approve: { from: ["submitted"], to: "approved" },
  reject: { from: ["submitted"], to: "rejected" },
  "send-back": { from: ["submitted"], to: "sent_back" },
  /** By the workers, who would not do what was approved. */
  return: { from: ["approved"], to: "sent_back" },
  resubmit: { from: ["submitted", "sent_back", "failed"], to: "submitted" },
  cancel: { from: ["submitted", "sent_back", "approved", "failed"], to: "cancelled" },
  expire: { from: ["submitted", "sent_back"], to: "expired" },
  start: { from: ["approved"], to: "provisioning" },
  retry: { from: ["failed"], to: "provisioning" },
  complete: { from: ["provisioning"], to: "completed" },
  fail: { from: ["approved", "provisioning"], to: "failed" },
} as const satisfies Record<string, { from: readonly RequestState[]; to: RequestState }>;
export type RequestEvent = keyof typeof transitions;

/** Whether `event` may happen to a request in `state`. */
export function canMove(state: RequestState, event: RequestEvent): boolean {
  return (transitions[event].from as readonly RequestState[]).includes(state);
}

/** Each state in words, as badges show it and messages use it ("This request is waiting for approval"). */
export const requestStateWords: Record<RequestState, string> = {
  draft: "Draft",
  submitted: "Waiting for approval",
  sent_back: "Sent back",
  approved: "Approved",
  provisioning: "Provisioning",
  completed: "Completed",
  failed: "Failed",
  rejected: "Rejected",
  cancelled: "Cancelled",
  expired: "Expired",
};
