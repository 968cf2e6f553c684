import { expect, test } from "vitest";
import { foldEvents } from "#components/request-timeline/fold-events.ts";
import type { RequestEventView } from "#lib/requests/schema.ts";

const event = (actor: string, name: string, index: number): RequestEventView => ({
  at: new Date(index * 1000).toISOString(),
  actor,
  actor_name: actor,
  event: name,
  comment: null,
  version: 1,
  data: { name: `table-${index}` },
});

test("many events about tables become one line, and what people said stays in sight and in order", () => {
  const events = [
    event("dana@example.com", "request.submit", 0),
    ...Array.from({ length: 20 }, (_, index) => event("system", "table.create", index + 1)),
    event("pat@example.com", "request.comment", 21),
    ...Array.from({ length: 3 }, (_, index) => event("system", "table.activate", index + 22)),
  ];
  const items = foldEvents(events);
  expect(items.map((item) => (item.kind === "folded" ? item.events.length : item.event.event))).toEqual([
    "request.submit",
    20,
    "request.comment",
    "table.activate",
    "table.activate",
    "table.activate",
  ]);
});
