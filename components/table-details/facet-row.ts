/** "unread": nothing to compare with, because no worker has read this facet. */
export type Verdict = "same" | "differs" | "unsupported" | "unread";

export type FacetRow = {
  id: string;
  facet: string;
  approved: string;
  found: string;
  verdict: Verdict;
  /** Further facts of what was found, a line each. */
  notes: string[];
};

/**
 * Makes a row of what was approved and what was found (null: not read). The two are the same if their words are:
 * the words hold every setting that can differ.
 */
export function facetRow(
  row: Pick<FacetRow, "id" | "facet" | "approved"> & {
    found: string | null;
    notes?: (string | null)[];
    unsupported?: boolean;
  },
): FacetRow {
  const { id, facet, approved, found, notes = [], unsupported = false } = row;
  const verdict = found === null ? "unread" : found === approved ? "same" : "differs";
  return {
    id,
    facet,
    approved,
    found: found ?? (unsupported ? "–" : "not read"),
    verdict: unsupported && verdict !== "same" ? "unsupported" : verdict,
    notes: notes.filter((note) => note !== null),
  };
}
