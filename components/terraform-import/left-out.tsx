import { Card, CardHeader } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import type { DraftNote } from "#lib/requests/draft-schema.ts";
import { groupWarnings } from "./group-warnings.ts";

/** What was not taken over, or otherwise than it stands, by table or block. */
export function LeftOut({ warnings }: { warnings: readonly DraftNote[] }) {
  if (warnings.length === 0) return <Note tone="ok">Everything in the text was taken over.</Note>;
  return (
    <Card>
      <CardHeader
        title="Not taken over as it stands"
        aside={warnings.length === 1 ? "one thing" : `${warnings.length} things`}
      />
      <ul>
        {groupWarnings(warnings).map(({ block, warnings: list }) => (
          <li key={block} className="stack gap-2 border-line px-3.5 py-2.5 not-last:border-b">
            {block ? <h3 className="[overflow-wrap:anywhere] font-mono">{block}</h3> : null}
            <ul className="stack gap-2">
              {list.map(({ path, message }) => (
                <li key={`${path} ${message}`} className="[overflow-wrap:anywhere]">
                  {path === block ? null : <p className="mono text-ink-2">{path}</p>}
                  <p>{message}</p>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
