import type { ReactNode } from "react";
import { type CodeLanguage, highlight } from "#components/ui/highlight.ts";

const colours: Record<string, string> = {
  keyword: "text-accent",
  function: "text-accent",
  constant: "text-info",
  string: "text-string",
  "string-expression": "text-string",
  comment: "text-ink-3",
};

type CodeBlockProps = {
  code: string;
  language: CodeLanguage;
  /** What it is, for screen readers. */
  label: string;
};

/** Code with colours, rendered on the server; put a `CopyButton` beside it. `CodeBlock({ code, language, label })`. */
export async function CodeBlock({ code, language, label }: CodeBlockProps) {
  const lines = await highlight(code, language);
  return (
    <CodeFrame label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity and never move
        <span key={index}>
          {line.map((token, place) =>
            colours[token.token] ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other identity and never move
              <span key={place} className={colours[token.token]}>
                {token.text}
              </span>
            ) : (
              token.text
            ),
          )}
          {index < lines.length - 1 ? "\n" : null}
        </span>
      ))}
    </CodeFrame>
  );
}

/** Code without colours, for client components. `PlainCode({ code, label })`. */
export function PlainCode({ code, label }: { code: string; label: string }) {
  return <CodeFrame label={label}>{code}</CodeFrame>;
}

function CodeFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
      tabIndex={0}
      className="-outline-offset-2 max-h-[70vh] overflow-auto bg-sunken"
    >
      <pre className="px-3.5 py-3 text-sm leading-[1.55]">
        <code className="text-[1em]">{children}</code>
      </pre>
    </section>
  );
}
