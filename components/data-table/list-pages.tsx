import { listHref } from "#components/data-table/list-href.ts";
import { LinkButton } from "#components/ui/link-button.tsx";

type ListPagesProps = {
  /** The list's own address. */
  path: string;
  filters: Record<string, string | undefined>;
  /** How many are on this page, and what one of them is called. */
  count: number;
  noun: string;
  /** Several of them, where an s does not do. */
  plural?: string;
  /** The buttons of a list that is not by age. */
  backWord?: string;
  onWord?: string;
  /** The cursor of this page, if it is not the first. */
  cursor: string | undefined;
  /** The cursor of the next page; null on the last. */
  nextCursor: string | null;
};

/** Keyset paging of a list whose filters stand in its address; nothing where the list is empty. */
export function ListPages(props: ListPagesProps) {
  const { path, filters, count, noun, plural = `${noun}s`, cursor, nextCursor } = props;
  if (count === 0) return null;
  return (
    <nav aria-label="Pages" className="cluster">
      <span className="grow text-ink-2 text-sm">{`${count} ${count === 1 ? noun : plural}`}</span>
      {cursor ? <LinkButton href={listHref(path, filters)}>{props.backWord ?? "Newest"}</LinkButton> : null}
      {nextCursor ? (
        <LinkButton href={listHref(path, { ...filters, cursor: nextCursor })}>
          {props.onWord ?? "Older"}
        </LinkButton>
      ) : null}
    </nav>
  );
}
