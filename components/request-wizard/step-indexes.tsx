"use client";

import { SpecText } from "./fields.tsx";
import { GlobalIndexes } from "./global-indexes.tsx";
import { LocalIndexes } from "./local-indexes.tsx";
import { TagFields } from "./tag-fields.tsx";
import { useTable } from "./wizard-context.ts";

/** Secondary indexes, tags and purpose. */
export function StepIndexes() {
  const { table } = useTable();
  return (
    <>
      {/* Lists of fields are bound to one table for life. */}
      <GlobalIndexes key={`global-${table.uid}`} />
      <LocalIndexes key={`local-${table.uid}`} />
      <TagFields key={`tags-${table.uid}`} />
      <SpecText
        path="purpose"
        plain
        label="Purpose"
        hint="What the table is for, in a few words. It becomes the tag Purpose."
      />
    </>
  );
}
