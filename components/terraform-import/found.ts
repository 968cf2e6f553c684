import type { DraftContent, DraftNote } from "#lib/requests/draft-schema.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";

/** What a text holds: its tables by key, without the fields that only Terraform can work out, and what was left out. */
export type Found = { tables: Record<string, Partial<TableSpecInput>>; warnings: DraftNote[] };

const longestKey = 300;

/** The draft that opens what was found in the wizard; what could not be taken over becomes its notes. */
export function foundDraft(
  { tables, warnings }: Found,
  place: Pick<DraftContent, "project" | "environment">,
): DraftContent {
  return {
    ...place,
    justification: "",
    step: "where",
    tables: Object.entries(tables).map(([key, spec]) => ({ key: clipped(key), spec })),
    notes: warnings,
  };
}

/** A draft refuses keys far longer than any name; the wizard asks for a shorter one. */
const clipped = (key: string): string => key.slice(0, longestKey).replace(/[\uD800-\uDBFF]$/, "");
