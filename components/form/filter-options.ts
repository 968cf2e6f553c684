import type { SelectOption } from "#components/ui/select.tsx";

/** The options of a filter whose values are their own words. */
export function plainOptions(values: readonly string[]): SelectOption[] {
  return values.map((value) => ({ value, label: value }));
}

/** The options of a filter over states, in the order of their table. */
export function wordOptions(words: Record<string, string>): SelectOption[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
