import type { DraftNote } from "#lib/requests/draft-schema.ts";
import { withoutRepeats } from "./found.ts";

export type WarningGroup = { block: string; warnings: DraftNote[] };

const segment = /\.?(?:[^.[\]"]+|\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\]|"(?:[^"\\]|\\.)*")/y;

/** Warnings by the table or block that their HCL paths lie in, both in the order they came, each once. */
export function groupWarnings(warnings: readonly DraftNote[]): WarningGroup[] {
  const groups = new Map<string, DraftNote[]>();
  for (const warning of withoutRepeats(warnings)) {
    const block = blockOf(warning.path);
    const group = groups.get(block);
    if (group) group.push(warning);
    else groups.set(block, [warning]);
  }
  return [...groups].map(([block, list]) => ({ block, warnings: list }));
}

/**
 * The part of an HCL path that names a table or a block: `module.db.tables["a.b"]` of
 * `module.db.tables["a.b"].ttl_attribute`, else the first two segments (`aws_dynamodb_table.orders`).
 */
export function blockOf(path: string): string {
  const ends: number[] = [];
  const words: string[] = [];
  segment.lastIndex = 0;
  for (let match = segment.exec(path); match; match = segment.exec(path)) {
    words.push(match[0].replace(/^\./, ""));
    ends.push(segment.lastIndex);
    if (segment.lastIndex >= path.length) break;
  }
  const map = words.indexOf("tables");
  const last = map === 0 || map === 2 ? map + 1 : 1;
  return path.slice(0, ends[last] ?? path.length);
}
