import { expect, test } from "vitest";
import { canMove, type RequestEvent, type RequestState, requestStates, transitions } from "./state.ts";
import { requireState } from "./store.ts";

/** Written from the meaning of the states, not from the code: where each event leads, by the state it happens in. */
const expected: Record<RequestState, Partial<Record<RequestEvent, RequestState>>> = {
  draft: { submit: "submitted" },
  submitted: {
    approve: "approved",
    reject: "rejected",
    "send-back": "sent_back",
    resubmit: "submitted",
    cancel: "cancelled",
    expire: "expired",
  },
  sent_back: { resubmit: "submitted", cancel: "cancelled", expire: "expired" },
  approved: { return: "sent_back", start: "provisioning", cancel: "cancelled", fail: "failed" },
  provisioning: { complete: "completed", fail: "failed" },
  completed: {},
  failed: { retry: "provisioning", resubmit: "submitted", cancel: "cancelled" },
  rejected: {},
  cancelled: {},
  expired: {},
};
const events = Object.keys(transitions) as RequestEvent[];
const walk = requestStates.flatMap((state) => events.map((event) => [state, event] as const));

test.each(walk)("in %s, %s leads where it should or is a conflict", (state, event) => {
  const to = expected[state][event];
  expect(canMove(state, event)).toBe(to !== undefined);
  const request = { state, number: 7 };
  if (to === undefined) {
    expect(() => requireState(request, event)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  } else {
    requireState(request, event);
    expect(transitions[event].to).toBe(to);
  }
});
