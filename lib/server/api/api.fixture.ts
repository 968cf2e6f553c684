import { expectDocumented } from "./conformance.fixture.ts";
import { handleApi } from "./handle.ts";

type Call = {
  method?: string;
  token?: string | null;
  /** Sent as JSON; `raw` is sent as it is. */
  body?: unknown;
  raw?: BodyInit;
  headers?: Record<string, string>;
};

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

/**
 * Calls API v1 in this process, as `path` under /api/v1; a body makes it a POST. Whatever is asked, the answer must be
 * one that the OpenAPI document has.
 */
export async function callApi(path: string, call: Call = {}): Promise<Answer> {
  const { token, body, raw = body === undefined ? undefined : JSON.stringify(body) } = call;
  const method = call.method ?? (raw === undefined ? "GET" : "POST");
  const headers = new Headers({
    ...(token && { authorization: `Bearer ${token}` }),
    ...(raw !== undefined && { "content-type": "application/json" }),
    ...call.headers,
  });
  const response = await handleApi(
    new Request(`http://127.0.0.1:3000/api/v1${path}`, { method, headers, body: raw }),
  );
  const text = await response.text();
  const { status } = response;
  const answer = { status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  expectDocumented({ method, path }, answer);
  return answer;
}
