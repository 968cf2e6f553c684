/** Puts the caret at a place of the text, counted in UTF-16 units, and its line in sight. */
export function showPlace(area: HTMLTextAreaElement, at: number): void {
  // Browsers bring the caret into sight when the area takes the focus, not when the caret moves.
  area.blur();
  area.setSelectionRange(at, at);
  area.focus();
}

/** The place that "Line 3, column 9: …" names in a text; its begin for other words. Lines and columns count from 1. */
export function placeNamedIn(message: string, text: string): number {
  const [, line, column] = /^Line (\d+), column (\d+):/.exec(message)?.map(Number) ?? [];
  if (!line || !column) return 0;
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(before + Math.min(column - 1, lines[line - 1]?.length ?? 0), text.length);
}
