import { mostCounted } from "#lib/requests/queue-item.ts";

/** "12", and "1,000+" for as many as are counted. */
export function countWords(count: number): string {
  return count < mostCounted ? String(count) : `${mostCounted.toLocaleString("en")}+`;
}
