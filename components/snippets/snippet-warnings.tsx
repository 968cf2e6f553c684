import { Note } from "#components/ui/note.tsx";
import type { SnippetWarning } from "#lib/snippets/snippet.ts";

/** With more warnings than this they are folded away. */
const mostUnfolded = 3;

/** What code does not say, each once. `SnippetWarnings({ warnings })`. */
export function SnippetWarnings({ warnings }: { warnings: readonly SnippetWarning[] }) {
  const messages = [...new Set(warnings.map(({ message }) => message))];
  if (messages.length <= mostUnfolded) {
    return messages.map((message) => (
      <Note key={message} tone="warn">
        {message}
      </Note>
    ));
  }
  return (
    <Note tone="warn" title={`${messages.length} things to know before you use this.`}>
      <details>
        <summary className="link w-fit cursor-pointer">Read them</summary>
        <ul className="grid list-disc gap-1.5 pt-1.5 pl-4">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </details>
    </Note>
  );
}
