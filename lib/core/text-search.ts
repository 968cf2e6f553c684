/** The condition "holds this text, in capital or small letters" on a column; `%` and `_` mean themselves. */
export function containsText(text: string) {
  // Prisma hands the text to Postgres' ILIKE as it is.
  return { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
}
