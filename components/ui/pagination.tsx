import { LinkButton } from "#components/ui/link-button.tsx";

type PaginationProps = {
  /** What is on this page, in words: "50 requests". */
  shown: string;
  /** Back to the first page; null on it. */
  newestHref: string | null;
  /** The next page; null on the last. */
  olderHref: string | null;
};

/** Keyset paging. `Pagination({ shown, newestHref, olderHref })`. */
export function Pagination({ shown, newestHref, olderHref }: PaginationProps) {
  return (
    <nav aria-label="Pages" className="cluster">
      <span className="grow text-ink-2 text-sm">{shown}</span>
      {newestHref ? <LinkButton href={newestHref}>Newest</LinkButton> : null}
      {olderHref ? <LinkButton href={olderHref}>Older</LinkButton> : null}
    </nav>
  );
}
