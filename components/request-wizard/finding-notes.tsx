"use client";

import { Note, type NoteTone } from "#components/ui/note.tsx";
import type { Finding, FindingLevel } from "#lib/table-spec/findings.ts";
import { byLevelOf } from "./finding-order.ts";

const tones: Record<FindingLevel, NoteTone> = { deny: "bad", warn: "warn", info: "info" };

/** Findings about one table, the worst first. */
export function FindingNotes({ findings }: { findings: readonly Finding[] }) {
  return byLevelOf(findings).map((finding) => (
    <Note key={`${finding.id} ${finding.path}`} tone={tones[finding.level]}>
      {finding.message}
    </Note>
  ));
}
