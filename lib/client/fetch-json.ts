import { AppError, type ErrorCode, errorCodes, type FieldError } from "#lib/core/errors.ts";

type JsonRequest = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** The page may go before the answer comes; the browser then allows 64 KiB at most. */
  keepalive?: boolean;
};

type Problem = { code?: unknown; detail?: unknown; errors?: unknown };

/**
 * Asks one of the portal's own routes and gives its JSON; null for an answer without content. Throws AppError: a
 * problem document's code, words and errors, or UNAVAILABLE when nobody answered in time or in JSON. An abort is
 * thrown as it is.
 */
export async function fetchJson<T>(
  url: string,
  { method, body, signal, keepalive }: JsonRequest = {},
): Promise<T> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  }).catch((cause) => unanswered(cause, signal));
  const text = await response.text().catch((cause) => unanswered(cause, signal));
  if (!response.ok) throw problemOf(response, text);
  try {
    return (text === "" ? null : JSON.parse(text)) as T;
  } catch (cause) {
    // A proxy's page, say.
    return unanswered(cause, signal);
  }
}

function unanswered(cause: unknown, signal: AbortSignal | undefined): never {
  if (signal?.aborted) throw cause;
  const message = "The portal does not answer. Check your connection; nothing is lost.";
  throw new AppError("UNAVAILABLE", message, { cause });
}

const codeOfStatus: Record<number, ErrorCode> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  422: "INVALID",
  429: "LIMIT",
};

function problemOf(response: Response, text: string): AppError {
  const problem = parsed(text);
  const code =
    errorCodes.find((one) => one === problem.code) ?? codeOfStatus[response.status] ?? "UNAVAILABLE";
  const detail =
    typeof problem.detail === "string"
      ? problem.detail
      : `The portal answered ${response.status}. Please try again.`;
  const retryAfterSeconds = Number(response.headers.get("retry-after")) || undefined;
  const errors = Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [];
  return new AppError(code, detail, { errors, ...(retryAfterSeconds && { retryAfterSeconds }) });
}

function parsed(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
