import type { AppError, ErrorCode } from "#lib/core/errors.ts";

export const statusOf: Record<ErrorCode, number> = {
  INVALID: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT: 429,
  UNAVAILABLE: 503,
};

const titles: Record<ErrorCode, string> = {
  INVALID: "The input is not valid",
  UNAUTHENTICATED: "Sign-in is needed",
  FORBIDDEN: "Not allowed",
  NOT_FOUND: "Not found",
  CONFLICT: "Conflict with the present state",
  LIMIT: "Too many requests",
  UNAVAILABLE: "Not available at the moment",
};

/** A refusal as an RFC 9457 problem document. `status` only where the code's own does not fit (400, 413, 415). */
export function problemResponse(error: AppError, status = statusOf[error.code]): Response {
  const body = {
    type: "about:blank",
    title: titles[error.code],
    status,
    code: error.code,
    detail: error.message,
    errors: error.errors,
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (error.code === "LIMIT" || error.code === "UNAVAILABLE") {
    headers.set("retry-after", String(Math.ceil(error.retryAfterSeconds ?? 5)));
  }
  if (error.code === "UNAUTHENTICATED") headers.set("www-authenticate", 'Bearer realm="tablewright"');
  return new Response(JSON.stringify(body), { status, headers });
}

/** Anything else: a generic document with the reference under which it was logged. */
export function unexpectedResponse(reference: string): Response {
  const body = {
    type: "about:blank",
    title: "Something went wrong on our side",
    status: 500,
    detail: `Please try again; if it stays, tell the platform team reference ${reference}.`,
    errors: [],
  };
  return new Response(JSON.stringify(body), {
    status: 500,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
