import { expect, test } from "vitest";
import { eventText } from "./message.ts";
import type { EventMessage } from "./schema.ts";

const message: EventMessage = {
  event: "request.approve-by-rule",
  at: "2026-01-31T12:00:00.000Z",
  actor: "dana@example.com",
  comment: null,
  version: 1,
  turn: null,
  expires_at: null,
  changes: null,
  request: {
    id: "019a0000-0000-7000-8000-000000000000",
    number: 12,
    kind: "create",
    state: "approved",
    version: 1,
    project: "shop",
    environment: "dev",
    requester: "dana@example.com",
    url: "https://tables.example.com/requests/019a",
  },
  names: { actor: "Dana", requester: "Dana" },
};
const slackOf = (fields: Partial<EventMessage>): string =>
  JSON.parse(eventText({ ...message, ...fields }, "event").slack).text;

test("what a rule approved is told as nobody's approval, though the audit has whoever asked beside it", () => {
  expect(slackOf({})).toContain("was approved by a rule. ");
  expect(slackOf({ event: "request.approve", names: { actor: "Pat", requester: "Dana" } })).toContain(
    "was approved by Pat. ",
  );
});

test("what the configuration changed is told clause by clause", () => {
  const changes = ["approval takes 2 of platform", "another call is made"];
  expect(slackOf({ event: "request.re-evaluate", actor: "system", changes })).toContain(
    "approved anew: approval takes 2 of platform; another call is made. ",
  );
});
