import type * as z from "zod";
import { AppError } from "#lib/core/errors.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";

/**
 * The options of a format, from a query string or a JSON body, as `schema` has them. `format` is how a message names
 * it. Throws INVALID with a fault each, an unknown option by its name.
 */
export function readOptions<S extends z.ZodType>(schema: S, format: string, options: unknown): z.output<S> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [{ path: jsonPointer(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: jsonPointer([key]),
      message: `${format} has no option ${key}.`,
    }));
  });
  throw new AppError("INVALID", errors.map(({ message }) => message).join(" "), { errors });
}
