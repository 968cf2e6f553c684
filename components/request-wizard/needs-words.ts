import type { Requirement } from "#lib/requests/schema.ts";
import type { Preview } from "./use-preview.ts";

/** Whose approval a request needs, in their order: "2 of platform, then 1 of security". */
export function needsWords(approvals: readonly Pick<Requirement, "group" | "count">[]): string {
  if (approvals.length === 0) return "nobody: it is approved at once, by rule";
  return approvals.map(({ group, count }) => `${count} of ${group}`).join(", then ");
}

const channelWords: Record<string, string> = { email: "by e-mail", slack: "in Slack", webhook: "by webhook" };
const mostNamed = 5;

/** Whom a request tells first and how: "platform, in the portal and by e-mail; 2 people: Pat, Priya". */
export function notifiesWords(notifies: NonNullable<Preview["notifies"]>): string {
  const { group, people, people_count, channels } = notifies;
  const ways = ["in the portal", ...channels.map((channel) => channelWords[channel] ?? channel)];
  const how = ways.length === 1 ? ways[0] : `${ways.slice(0, -1).join(", ")} and ${ways.at(-1)}`;
  if (people.length === 0) return `${group}, ${how}; nobody of it has signed in yet`;
  const named = people.slice(0, mostNamed).join(", ");
  const more = people_count - mostNamed;
  const count = people_count === 1 ? "1 person" : `${people_count} people`;
  return `${group}, ${how}; ${count}: ${named}${more > 0 ? ` and ${more} more` : ""}`;
}
