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
