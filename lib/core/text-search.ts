/** In Postgres' ILIKE, which Prisma hands the text to as it is, `%` and `_` stand for other characters. */
const asItIs = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** The condition "holds this text, in capital or small letters" on a column; `%` and `_` mean themselves. */
export function containsText(text: string) {
  return { contains: asItIs(text), mode: "insensitive" as const };
}

/** The condition "is this text, in capital or small letters" on a column; `%` and `_` mean themselves. */
export function equalsText(text: string) {
  return { equals: asItIs(text), mode: "insensitive" as const };
}
