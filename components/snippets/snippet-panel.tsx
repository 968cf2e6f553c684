import { FormatOptions } from "#components/snippets/format-options.tsx";
import { FormatTabs } from "#components/snippets/format-tabs.tsx";
import type { SnippetAddress, SnippetChoice } from "#components/snippets/snippet-choice.ts";
import { SnippetFiles } from "#components/snippets/snippet-files.tsx";
import { formatWords } from "#components/snippets/snippet-format.ts";
import type { SnippetOutcome } from "#components/snippets/snippet-outcome.ts";
import { SnippetWarnings } from "#components/snippets/snippet-warnings.tsx";
import { optionOf } from "#components/snippets/typed-options.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";

type SnippetPanelProps = {
  title: string;
  /** A fact at the end of the head: how many tables. */
  aside?: string;
  /** The page it stands on. */
  address: SnippetAddress;
  /** Which tables, in the words of the download's address. */
  source: SnippetAddress["keep"];
  choice: SnippetChoice;
  outcome: SnippetOutcome;
};

/**
 * Code for tables, to copy: what it is for is chosen in the address.
 * `SnippetPanel({ title, aside, address, source, choice, outcome })`.
 */
export function SnippetPanel({ title, aside, address, source, choice, outcome }: SnippetPanelProps) {
  const errors = outcome.state === "refused" ? outcome.errors : [];
  const says = formatWords[choice.format].says;
  return (
    <Card id="policy">
      <CardHeader title={title} aside={aside} />
      <FormatTabs address={address} choice={choice} />
      <CardBody className="grid gap-2.5">
        <FormatOptions address={address} choice={choice} errors={errors} />
        {says ? <p className="text-ink-2 text-sm">{says}</p> : null}
        <OutcomeNotes outcome={outcome} />
      </CardBody>
      {outcome.state === "made" ? (
        <SnippetFiles choice={choice} files={outcome.files} source={source} />
      ) : null}
    </Card>
  );
}

function OutcomeNotes({ outcome }: { outcome: SnippetOutcome }) {
  if (outcome.state === "none") return <Note title="No code.">{outcome.reason}</Note>;
  if (outcome.state === "refused") {
    const others = outcome.errors.filter(({ path }) => optionOf(path) === undefined);
    const words = others.length > 0 ? others.map(({ message }) => message) : [outcome.message];
    const allBeside = outcome.errors.length > 0 && others.length === 0;
    return (
      <Note tone="bad" title="No code with these options.">
        {allBeside ? "What is wrong stands beside the options above." : words.join(" ")}
      </Note>
    );
  }
  return (
    <>
      {outcome.summary ? (
        <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{outcome.summary}</p>
      ) : null}
      <SnippetWarnings warnings={outcome.warnings} />
    </>
  );
}
