/** What ILIKE, as which Postgres gets these conditions, would take for a pattern. */
const literal = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** The condition "is this text, in capital or small letters" on a column; `%` and `_` mean themselves. */
export function sameText(text: string) {
  return { equals: literal(text), mode: "insensitive" as const };
}

/** The condition "holds this text, in capital or small letters" on a column; `%` and `_` mean themselves. */
export function containsText(text: string) {
  return { contains: literal(text), mode: "insensitive" as const };
}

/** The condition "holds this text" on a column that is kept in small letters; `text` has to be, too. */
export function holdsText(text: string) {
  return { contains: literal(text) };
}

/** The pattern of LIKE and ILIKE that holds this text anywhere; `%` and `_` mean themselves. */
export function patternOf(text: string): string {
  return `%${literal(text)}%`;
}
