import type { RequestEventView } from "#lib/requests/schema.ts";

/** Runs of more than this many of Tablewright's own events about tables are folded into one line. */
const longestRun = 6;

export type TimelineItem =
  | { kind: "event"; event: RequestEventView }
  | { kind: "folded"; events: RequestEventView[] };

const aboutTables = ({ actor, event }: RequestEventView) => actor === "system" && event.startsWith("table.");

/** The events in their order, with long runs of work on tables folded so that what people said stays in sight. */
export function foldEvents(events: readonly RequestEventView[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let run: RequestEventView[] = [];
  const endRun = () => {
    if (run.length > longestRun) items.push({ kind: "folded", events: run });
    else items.push(...run.map((event) => ({ kind: "event" as const, event })));
    run = [];
  };
  for (const event of events) {
    if (aboutTables(event)) {
      run.push(event);
      continue;
    }
    endRun();
    items.push({ kind: "event", event });
  }
  endRun();
  return items;
}
