import Link from "next/link";
import { choiceHref, type SnippetAddress, type SnippetChoice } from "#components/snippets/snippet-choice.ts";
import { formatTabs, formatWords } from "#components/snippets/snippet-format.ts";

type FormatTabsProps = { address: SnippetAddress; choice: SnippetChoice };

/** The formats as tabs; each is a link that keeps every other choice. `FormatTabs({ address, choice })`. */
export function FormatTabs({ address, choice }: FormatTabsProps) {
  const current = formatWords[choice.format].tab;
  return (
    <nav aria-label="Format" className="flex flex-wrap gap-x-0.5 border-line border-b px-2">
      {formatTabs.map(({ label, opens }) => (
        <Link
          key={opens}
          href={choiceHref(address, { ...choice, format: label === current ? choice.format : opens })}
          prefetch={false}
          scroll={false}
          aria-current={label === current ? "true" : undefined}
          className="-outline-offset-2 whitespace-nowrap border-transparent border-b-2 px-2 py-2 text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-strong aria-[current]:text-ink sm:px-2.5"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
