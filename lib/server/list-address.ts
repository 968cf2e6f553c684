import type * as z from "zod";
import { AppError } from "#lib/core/errors.ts";
import type { Page } from "#lib/core/keyset.ts";

export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * The filters in a page's address that `input`, the list's own schema, accepts, as text. Addresses are typed, cut and
 * mistyped by people, so what does not fit is left out; of a repeated one the first counts.
 */
export function readFilters<S extends z.ZodRawShape>(
  input: z.ZodObject<S>,
  params: SearchParams,
): Partial<Record<keyof S & string, string>> {
  const filters: Record<string, string> = {};
  for (const [name, schema] of Object.entries(input.shape)) {
    const value = [params[name]].flat()[0]?.trim();
    const field: z.ZodType = schema as z.ZodType;
    if (value && field.safeParse(value).success) filters[name] = value;
  }
  return filters as Partial<Record<keyof S & string, string>>;
}

/**
 * A page of a list by the address it was asked for, with the filters that took effect. An address the list refuses
 * (a cut cursor, say) shows the list's beginning, unfiltered. Throws what `list` throws but INVALID.
 */
export async function readListPage<S extends z.ZodRawShape, T>(
  input: z.ZodObject<S>,
  list: (input: Partial<Record<keyof S & string, string>>) => Promise<Page<T>>,
  params: SearchParams,
) {
  const filters = readFilters(input, params);
  try {
    return { filters, page: await list(filters) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "INVALID") throw error;
    return { filters: {} as typeof filters, page: await list({}) };
  }
}
