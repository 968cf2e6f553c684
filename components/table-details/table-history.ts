import type { RequestEventView } from "#lib/requests/schema.ts";

/** What happened to the whole request and so to each of its tables. */
const ofAllTables = new Set([
  "request.submit",
  "request.resubmit",
  "request.approve",
  "request.approve-by-rule",
]);

/** The events of a request that are about the table of this name. */
export function tableHistory(name: string, events: readonly RequestEventView[]): RequestEventView[] {
  return events.filter(({ event, data }) => {
    if (event.startsWith("table.")) return data.name === name;
    if (event === "request.retry") return Array.isArray(data.tables) && data.tables.includes(name);
    return ofAllTables.has(event);
  });
}
