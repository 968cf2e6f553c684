import { choiceHref, parseSnippetChoice } from "#components/snippets/snippet-choice.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { DeniedAnswer } from "#lib/snippets/denied-call-answer.ts";

type DeniedVerdictProps = {
  answer: DeniedAnswer;
  /** The table whose page this is on: no link leads there but to its policy. */
  tableId: string | undefined;
};

/** Who was denied what, and which policy grants it or why none does. `DeniedVerdict({ answer, tableId })`. */
export function DeniedVerdict({ answer, tableId }: DeniedVerdictProps) {
  const { verdict, summary, notes, who, action, resource, more } = answer;
  const link = linkOf(answer, tableId);
  return (
    <Note
      tone={verdict === "granted" ? "ok" : "warn"}
      actions={link ? <LinkButton href={link.href}>{link.label}</LinkButton> : null}
    >
      <p>{summary}</p>
      {action ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 py-2">
          <dt className="text-ink-2">Who</dt>
          <dd>{who ?? "not said"}</dd>
          <dt className="text-ink-2">Action</dt>
          <dd className="font-mono text-sm">{action}</dd>
          <dt className="text-ink-2">Resource</dt>
          <dd className={resource ? "font-mono text-sm" : undefined}>{resource ?? "not said"}</dd>
        </dl>
      ) : null}
      {notes.map((note) => (
        <p key={note} className="text-ink-2 text-sm">
          {note}
        </p>
      ))}
      {more > 0 ? (
        <p className="text-ink-2 text-sm">
          {more === 1 ? "One more denial is" : `${more} more denials are`} in this text; this is the first.
        </p>
      ) : null}
    </Note>
  );
}

function linkOf({ action, grant, table }: DeniedAnswer, tableId: string | undefined) {
  if (action === "dynamodb:CreateTable") return { href: "/requests/new", label: "Ask for tables" };
  if (!table) return null;
  if (grant) {
    const { access, scan, partiql } = grant;
    const choice = parseSnippetChoice({ access, scan: String(scan), partiql: String(partiql) });
    const href = choiceHref({ path: `/tables/${table.id}`, keep: [] }, choice);
    return { href: `${href}#policy`, label: "Show the policy" };
  }
  return table.id === tableId ? null : { href: `/tables/${table.id}`, label: `Open ${table.name}` };
}
