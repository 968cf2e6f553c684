"use client";

import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { DraftNote } from "#lib/requests/draft-schema.ts";

/** More than this would push the form out of sight. */
const mostUnfolded = 10;

/**
 * What the import could not take over, in view from the first: a field that Terraform computes shows its default, and
 * nobody may send that unseen. Stays until it is dismissed.
 */
export function ImportNotes({ notes, onDismiss }: { notes: readonly DraftNote[]; onDismiss: () => void }) {
  const count = notes.length === 1 ? "one thing" : `${notes.length} things`;
  return (
    <div className="pb-4">
      <Note tone="warn">
        <details open={notes.length <= mostUnfolded} className="group">
          <summary className="cursor-pointer">
            <b>Taken from Terraform: {count} to look at</b>
          </summary>
          <ul className="stack gap-2 py-2">
            {notes.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path ? <p className="mono text-ink-2">{path}</p> : null}
                <p>{message}</p>
              </li>
            ))}
          </ul>
          <Button onClick={onDismiss}>Dismiss</Button>
        </details>
      </Note>
    </div>
  );
}
