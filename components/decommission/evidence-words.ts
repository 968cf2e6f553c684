import { relativeWords } from "#components/ui/relative-words.ts";
import type { Evidence } from "#lib/requests/schema.ts";

/** A fact about a table in words; `id` names it. */
export type EvidenceRow = { id: string; fact: string; words: string };

const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

/** Bytes in the largest unit of which there is at least one, with three digits: "1.23 GB". */
export function sizeWords(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toLocaleString("en", { maximumSignificantDigits: 3 })} ${units[power]}`;
}

/** What is known of a table that may go, row by row. `now`: milliseconds, for ages. */
export function evidenceRows(evidence: Evidence, now: number): EvidenceRow[] {
  const unknown = "not known";
  const ago = (at: string | null, none: string) => (at ? relativeWords(Date.parse(at), now) : none);
  const { item_count, size_bytes } = evidence;
  return [
    { id: "items", fact: "Items", words: item_count === null ? unknown : item_count.toLocaleString("en") },
    { id: "size", fact: "Size", words: size_bytes === null ? unknown : sizeWords(size_bytes) },
    { id: "stream", fact: "Stream", words: evidence.stream_enabled ? "on: somebody may read it" : "off" },
    { id: "protection", fact: "Deletion protection", words: evidence.deletion_protection ? "on" : "off" },
    { id: "recovery", fact: "Point-in-time recovery", words: evidence.point_in_time_recovery ? "on" : "off" },
    { id: "made", fact: "Made in AWS", words: ago(evidence.created_at, unknown) },
    { id: "read", fact: "Last read by a worker", words: ago(evidence.observed_at, "never") },
  ];
}

/** What a deletion leaves behind, in a sentence. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html */
export function staysWords(name: string, recovery: boolean): string {
  return recovery
    ? `DynamoDB keeps a system backup, ${name}$DeletedTableBackup, for 35 days at no cost; the table can be restored from it under another name.`
    : "Nothing: point-in-time recovery is off, so DynamoDB keeps no backup. What is deleted is gone for good.";
}
