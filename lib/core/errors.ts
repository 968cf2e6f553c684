/** The closed set of ways an operation can be refused; each adapter maps it with an exhaustive switch. */
export const errorCodes = [
  "INVALID",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "LIMIT",
  "UNAVAILABLE",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One fault in a body: `path` is a JSON pointer into it ("" is the whole body), `id` names the finding or rule. */
export type FieldError = { path: string; message: string; id?: string };

type Details = { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown };

/**
 * An expected refusal. The message is written for the person who meets it: what is wrong, where, what to do.
 * Throwing it inside a command rolls the transaction back.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  /** Seconds until another try makes sense; sent as Retry-After with LIMIT and UNAVAILABLE. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
