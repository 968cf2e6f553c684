import { expect, test } from "vitest";
import { eventText } from "./message.ts";
import type { EventMessage } from "./schema.ts";

const message: EventMessage = {
  event: "request.re-evaluate",
  at: "2026-01-31T12:00:00.000Z",
  actor: "system",
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
  names: { actor: "system", requester: "Dana" },
};
const slackOf = (fields: Partial<EventMessage>): string =>
  JSON.parse(eventText({ ...message, ...fields }, "event").slack).text;

test("what the configuration changed is told clause by clause", () => {
  const changes = ["approval takes 2 of platform", "another call is made"];
  expect(slackOf({ changes })).toContain(
    "approved anew: approval takes 2 of platform; another call is made. ",
  );
});
