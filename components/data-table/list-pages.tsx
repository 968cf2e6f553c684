import { listHref } from "#components/data-table/list-href.ts";
import { LinkButton } from "#components/ui/link-button.tsx";

type ListPagesProps = {
  /** The list's own address. */
  path: string;
  filters: Record<string, string | undefined>;
  /** How many are on this page, and what one of them is called. */
  count: number;
  noun: string;
  /** The cursor of this page, if it is not the first. */
  cursor: string | undefined;
  /** The cursor of the next page; null on the last. */
  nextCursor: string | null;
};

/** Keyset paging of a list whose filters stand in its address; nothing where the list is empty. */
export function ListPages({ path, filters, count, noun, cursor, nextCursor }: ListPagesProps) {
  if (count === 0) return null;
  return (
    <nav aria-label="Pages" className="cluster">
      <span className="grow text-ink-2 text-sm">{`${count} ${noun}${count === 1 ? "" : "s"}`}</span>
      {cursor ? <LinkButton href={listHref(path, filters)}>Newest</LinkButton> : null}
      {nextCursor ? (
        <LinkButton href={listHref(path, { ...filters, cursor: nextCursor })}>Older</LinkButton>
      ) : null}
    </nav>
  );
}
