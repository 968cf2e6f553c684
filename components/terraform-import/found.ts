import type { DraftContent } from "#lib/requests/draft-schema.ts";
import type { TerraformImport } from "#lib/terraform-import/terraform-import.ts";

const longestKey = 300;

/** The draft that opens what was found in the wizard; what could not be taken over becomes its notes. */
export function foundDraft(
  { tables, warnings }: TerraformImport,
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
