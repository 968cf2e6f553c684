"use client";

import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { DraftNote } from "#lib/requests/draft-schema.ts";

/**
 * What the import could not take over, in view from the first: a field that Terraform computes shows its default, and
 * nobody may send that unseen. Scrolls by itself, so that the form stays in sight; stays until it is dismissed.
 */
export function ImportNotes({ notes, onDismiss }: { notes: readonly DraftNote[]; onDismiss: () => void }) {
  const count = notes.length === 1 ? "one thing" : `${notes.length} things`;
  return (
    <div className="pb-4">
      <Note tone="warn">
        <details open>
          <summary className="cursor-pointer">
            <b>Taken from Terraform: {count} to look at</b>
          </summary>
          <ul
            aria-label="Taken from Terraform"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard
            tabIndex={0}
            className="stack my-2 max-h-[30vh] gap-2 overflow-y-auto border-line border-y py-2"
          >
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
