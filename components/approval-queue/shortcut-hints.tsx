"use client";

import { useEffect, useState } from "react";
import { shortcutsOn, switchShortcuts } from "#components/approval-queue/shortcuts.ts";
import { Switch } from "#components/ui/switch.tsx";

const keys = [
  ["j k", "move"],
  ["a", "approve"],
  ["r", "reject"],
  ["x", "select"],
] as const;

/** Which letters do what in the queue, and a switch to have them do nothing. Where there is no keyboard, nothing. `ShortcutHints()`. */
export function ShortcutHints() {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(shortcutsOn()), []);
  return (
    <div className="hidden items-center gap-3 text-ink-2 text-sm wide:flex">
      {on
        ? keys.map(([letters, what]) => (
            <span key={what} className="inline-flex items-center gap-1.5">
              {letters.split(" ").map((letter) => (
                <kbd
                  key={letter}
                  className="rounded-sm border border-line-strong border-b-2 bg-card px-1.5 font-mono text-2xs"
                >
                  {letter}
                </kbd>
              ))}
              {what}
            </span>
          ))
        : null}
      <Switch
        label="Shortcuts"
        checked={on}
        onChange={(event) => {
          setOn(event.target.checked);
          switchShortcuts(event.target.checked);
        }}
      />
    </div>
  );
}
