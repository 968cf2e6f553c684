import type { DraftNote } from "#lib/requests/draft-schema.ts";

export type WarningGroup = { block: string; warnings: DraftNote[] };

const segment = /\.?(?:[^.[\]"]+|\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\]|"(?:[^"\\]|\\.)*")/y;

/** Warnings by the table or block that their HCL paths lie in, both in the order they came. */
export function groupWarnings(warnings: readonly DraftNote[]): WarningGroup[] {
  const groups = new Map<string, DraftNote[]>();
  for (const warning of warnings) {
    const block = blockOf(warning.path);
    const group = groups.get(block);
    if (group) group.push(warning);
    else groups.set(block, [warning]);
  }
  return [...groups].map(([block, list]) => ({ block, warnings: list }));
}

/**
 * The part of an HCL path that names a table or a block: `module.db.tables["a.b"]` of
 * `module.db.tables["a.b"].ttl_attribute`, `aws_dynamodb_table.orders` of what stands in that resource.
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
  return path.slice(0, ends[segmentsOfBlock(words) - 1] ?? path.length);
}

function segmentsOfBlock([type, , inner]: readonly string[]): number {
  if (type === "variable") return 4;
  if (type === "local") return 3;
  return type === "module" && /^(dynamodb_)?tables$/.test(inner ?? "") ? 4 : 2;
}
