import { AppError, type ErrorCode, type FieldError } from "./errors.ts";
import { toUnavailable } from "./failure.ts";

/** What crosses to the browser: data, or a refusal in words; never a throw. */
export type Failure = { ok: false; code: ErrorCode | "UNEXPECTED"; message: string; errors: FieldError[] };
export type Result<T> = { ok: true; data: T } | Failure;

/**
 * Runs `use` and turns a refusal into a Failure; `report` logs anything else and gives the reference that is
 * shown instead of it, and `noteRefusal` hears of refusals.
 */
export async function toResult<T>(
  use: () => Promise<T>,
  report: (error: unknown) => string,
  noteRefusal: (error: AppError) => void = () => {},
): Promise<Result<T>> {
  try {
    return { ok: true, data: await use() };
  } catch (thrown) {
    const error = toUnavailable(thrown);
    if (error instanceof AppError) {
      noteRefusal(error);
      return { ok: false, code: error.code, message: error.message, errors: error.errors };
    }
    return {
      ok: false,
      code: "UNEXPECTED",
      message: `Something went wrong on our side. Please try again; if it stays, tell the platform team reference ${report(error)}.`,
      errors: [],
    };
  }
}
