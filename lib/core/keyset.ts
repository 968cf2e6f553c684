import * as z from "zod";
import { AppError } from "./errors.ts";

/** `limit` and `cursor` of every list: 1–100 items, newest first. */
export const pageInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export type Page<T> = { items: T[]; next_cursor: string | null };

const position = z.tuple([z.iso.datetime({ precision: 3 }), z.guid()]);

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

function readCursor(cursor: string): [Date, string] {
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
