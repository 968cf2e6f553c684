import { type Usage, usageLimits } from "#lib/table-spec/cost.ts";

/** Figures as somebody types them over a usage; what is not there was not touched. */
export type TypedFigures = Partial<Record<keyof Usage, string>>;

/** Where a reviewer begins when the requester said nothing. */
export const nothingExpected: Usage = { reads_per_second: 0, writes_per_second: 0, item_kb: 1, items: 0 };

export const usageFields = ["reads_per_second", "writes_per_second", "item_kb", "items"] as const;

/** What a field shows. */
export function shownFigure(field: keyof Usage, asked: Usage | undefined, typed: TypedFigures): string {
  return typed[field] ?? String((asked ?? nothingExpected)[field]);
}

/** What is wrong with the text of a field, and what to do; null: it is a figure that counts. */
export function figureProblem(field: keyof Usage, text: string): string | null {
  const most = usageLimits[field];
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= most) return null;
  return `Give a number from 0 to ${most.toLocaleString("en")}, such as 15 or 0.5. Until then the figure before counts.`;
}

/**
 * The usage that typed figures make of what was asked; a text that is no figure leaves the one asked. Undefined where that is
 * the same as was asked.
 */
export function assumedUsage(asked: Usage | undefined, typed: TypedFigures): Usage | undefined {
  const base = asked ?? nothingExpected;
  const usage = { ...base };
  for (const field of usageFields) {
    const text = typed[field];
    if (text !== undefined && figureProblem(field, text) === null) usage[field] = Number(text);
  }
  return usageFields.some((field) => usage[field] !== base[field]) ? usage : undefined;
}
