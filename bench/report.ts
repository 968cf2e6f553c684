/** The p-th percentile, by the nearest rank. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]!;
}

/** Prints rows as an aligned table; the first is the head. */
export function printTable(title: string, rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  console.log(`\n${title}`);
  for (const cells of rows) {
    console.log(`  ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd());
  }
}
