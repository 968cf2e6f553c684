import * as z from "zod";
import { AppError } from "./errors.ts";

const limitError = "limit must be a whole number from 1 to 100";

/** A number, or a text of digits as a query string has it; nothing else that JavaScript would take for a number. */
const limit = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : value),
  z.int(limitError).min(1, limitError).max(100, limitError),
);

/** `limit` and `cursor` of every list: 1–100 items, newest first. */
export const pageInput = z.strictObject({
  limit: limit.default(50).describe("How many items at most."),
  cursor: z.string().max(200).optional().describe("The `next_cursor` of the page before."),
});

export type Page<T> = { items: T[]; next_cursor: string | null };

/** What a list answers, as a schema. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .describe("Give it as `cursor` for the next page; null on the last one."),
  });

/** Years 1000 to 2999: beyond year 0 Postgres refuses what JavaScript takes. */
const moment = z.iso.datetime({ precision: 3 }).regex(/^[12]/);
const position = z.tuple([moment, z.guid()]);

/** The row condition "older than the cursor" for lists ordered by (createdAt, id) descending; {} for the first page. Throws INVALID for a bad cursor. */
export function olderThan(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const [createdAt, id] = readCursor(cursor);
  // The first condition is redundant and lets Postgres start at the right place of the index.
  return {
    AND: [
      { createdAt: { lte: createdAt } },
      { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] },
    ],
  };
}

/** The moment and the id that a cursor stands for. Throws INVALID for one that no list answered. */
export function readCursor(cursor: string): [Date, string] {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return [new Date(at), id];
  } catch {
    throw new AppError("INVALID", "This cursor is not one of ours; start again without it.", {
      errors: [{ path: "/cursor", message: "Not a cursor that a list answered" }],
    });
  }
}

/** Cuts `limit + 1` rows to a page; `next_cursor` is null on the last one. */
export function toPage<R extends { createdAt: Date; id: string }, T>(
  rows: R[],
  limit: number,
  view: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(view),
    next_cursor: more
      ? Buffer.from(JSON.stringify([last.createdAt.toISOString(), last.id])).toString("base64url")
      : null,
  };
}
