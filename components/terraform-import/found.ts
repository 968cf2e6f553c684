import type { DraftContent, DraftNote, maxDraftNotes } from "#lib/requests/draft-schema.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";

/** What was read out of HCL: specs by key, without the fields that only Terraform can work out, and what was left out. */
export type Found = {
  tables: Record<string, Partial<TableSpec>>;
  warnings: DraftNote[];
};

/** What a draft takes; longer text ends in "…". */
const mostNotes = 200 satisfies typeof maxDraftNotes;
const longestPath = 400;
const longestMessage = 1000;
const longestKey = 300;

/** The draft that opens what was found in the wizard, all of it within what a draft may hold. */
export function foundDraft(
  { tables, warnings }: Found,
  place: Pick<DraftContent, "project" | "environment">,
): DraftContent {
  return {
    ...place,
    justification: "",
    step: "where",
    tables: Object.entries(tables).map(([key, spec]) => ({ key: clipped(key, longestKey), spec })),
    notes: notesOf(warnings),
  };
}

function notesOf(warnings: readonly DraftNote[]): DraftNote[] {
  const notes = withoutRepeats(
    warnings.map(({ path, message }) => ({
      path: clipped(path, longestPath),
      message: clipped(message, longestMessage),
    })),
  );
  if (notes.length <= mostNotes) return notes;
  const kept = notes.slice(0, mostNotes - 1);
  const more = notes.length - kept.length;
  return [
    ...kept,
    { path: "…", message: `${more} more things were not taken over. Import again to see them.` },
  ];
}

/** Each warning once. */
export const withoutRepeats = (notes: readonly DraftNote[]): DraftNote[] => [
  ...new Map(notes.map((note) => [JSON.stringify([note.path, note.message]), note])).values(),
];

/** Cuts between characters, never inside one. */
function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
