import { expectDocumented } from "./conformance.fixture.ts";
import { apiHandler } from "./handle.ts";
import type { CallLimits } from "./rate-limit.ts";

type Call = {
  method?: string;
  token?: string | null;
  /** Sent as JSON; `raw` is sent as it is. */
  body?: unknown;
  raw?: BodyInit;
  headers?: Record<string, string>;
  /** Without them calls are counted and none is too many: tests make thousands. */
  limits?: CallLimits;
};

const unlimited: CallLimits = { token: 1e9, person: 1e9, costly: 1e9 };

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

/**
 * Calls API v1 in this process, as `path` under /api/v1; a body makes it a POST. Whatever is asked, the answer must be
 * one that the OpenAPI document has.
 */
export async function callApi(path: string, call: Call = {}): Promise<Answer> {
  const {
    token,
    body,
    limits = unlimited,
    raw = body === undefined ? undefined : JSON.stringify(body),
  } = call;
  const method = call.method ?? (raw === undefined ? "GET" : "POST");
  const headers = new Headers({
    ...(token && { authorization: `Bearer ${token}` }),
    ...(raw !== undefined && { "content-type": "application/json" }),
    ...call.headers,
  });
  const address = new URL(`http://127.0.0.1:3000/api/v1${path}`);
  const response = await apiHandler(limits)(new Request(address, { method, headers, body: raw }));
  const text = await response.text();
  const { status } = response;
  const answer = { status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  expectDocumented({ method, path: address.pathname.slice("/api/v1".length) }, answer);
  return answer;
}
