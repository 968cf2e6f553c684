import { expect, test } from "vitest";
import { pollMilliseconds } from "#components/request-details/request-page.ts";
import { requestStates, transitions } from "#lib/requests/state.ts";

test("a state that something can leave is looked at again, an end is not", () => {
  const left = new Set<string>(Object.values(transitions).flatMap(({ from }) => from));
  for (const state of requestStates) {
    if (state === "draft") continue;
    expect([state, pollMilliseconds(state) !== false]).toEqual([state, left.has(state)]);
  }
});
