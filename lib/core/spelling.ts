/** The word that was probably meant by one that does not exist, or undefined. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const written = word.slice(0, 80).toLowerCase();
  const measured = known.map((candidate) => ({ candidate, far: distance(written, candidate.toLowerCase()) }));
  const [nearest] = measured.toSorted((a, b) => a.far - b.far);
  return nearest && nearest.far <= Math.max(1, written.length / 3) ? nearest.candidate : undefined;
}

/** Levenshtein distance: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 0; at < to.length; at++) {
      const change = (row[at] ?? 0) + (letter === to[at] ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
