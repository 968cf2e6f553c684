import { type ApiCalls, apiCalls, type Problem } from "./calls.ts";

/** The API refused the call: its problem document. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly problem: Problem;
  /** Seconds until another try makes sense; null where no other try does. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody answered, or somebody who is not this API. The message never holds the token. */
export class ApiUnreachable extends Error {
  override readonly name = "ApiUnreachable";
}

type Given<N extends keyof ApiCalls> = Partial<Pick<ApiCalls[N], "query">> &
  (keyof ApiCalls[N]["params"] extends never ? object : Pick<ApiCalls[N], "params">) &
  (ApiCalls[N]["body"] extends undefined ? object : Pick<ApiCalls[N], "body">) & {
    /** The same key and body again get the first answer: a POST may be repeated when its answer was lost. */
    idempotencyKey?: string;
  };

/** What a call may be given, whichever it is. */
type Loose = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
};

export type ApiClient = <N extends keyof ApiCalls>(
  name: N,
  given: Given<N>,
) => Promise<ApiCalls[N]["answer"]>;

const secondsToWait = 30;

/**
 * A client of API v1 at `url` (without a slash at the end) that acts as the token's person. A call throws ApiRefusal
 * or ApiUnreachable.
 */
export function apiClient({ url, token }: { url: string; token: string }): ApiClient {
  return async (name, given) => {
    const { method, path } = apiCalls[name];
    const { params = {}, query = {}, body, idempotencyKey } = given as Loose;
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ""));
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    const response = await fetch(`${url}/api/v1${filled}${search.size > 0 ? `?${search}` : ""}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A token must not follow to another address.
      redirect: "error",
      signal: AbortSignal.timeout(secondsToWait * 1000),
    }).catch((error: unknown) => {
      throw new ApiUnreachable(`Nobody answers at ${url}. Is Tablewright running there?`, { cause: error });
    });
    return readAnswer(url, response);
  };
}

async function readAnswer<T>(url: string, response: Response): Promise<T> {
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  if (typeof answer !== "object" || answer === null || !("detail" in answer))
    throw new ApiUnreachable(`What answers at ${url} (status ${response.status}) is not Tablewright's API.`);
  const wait = response.headers.get("retry-after");
  throw new ApiRefusal(answer as Problem, wait === null ? null : Number(wait));
}
