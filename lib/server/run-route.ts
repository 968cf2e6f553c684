import "server-only";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { toUnavailable } from "#lib/core/failure.ts";
import { noteRefusal, report } from "#lib/infra/log.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { takeCostlyTurn } from "./api/rate-limit.ts";
import { BodyError, readJsonBody } from "./body.ts";
import { problemResponse, unexpectedResponse } from "./problem.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { getActor } from "./session.ts";

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type Input = { params: Record<string, string>; query: Record<string, string>; body: unknown };

/**
 * A route that the browser calls: session → actor → verb or query, the answer as JSON, refusals as problem
 * documents. Writes must come from our own pages, and count as what makes the server work does over the API.
 */
export function runRoute(use: (actor: UserActor, input: Input) => Promise<unknown>) {
  return async (request: Request, context: RouteContext): Promise<Response> =>
    answer(async () => {
      const reads = request.method === "GET";
      if (!reads) requireSameOrigin(request.headers);
      const actor = await getActor({ inUse: !reads });
      if (!reads) await takeCostlyTurn(actor.id);
      const hasBody = request.method === "POST" || request.method === "PUT";
      const body = hasBody ? (await readJsonBody(request)).value : undefined;
      const params = (await context.params) as Record<string, string>;
      return json(200, await use(actor, { params, query: queryOf(request), body }));
    });
}

/** Runs `use` and turns whatever it throws into a problem document. */
export async function answer(use: () => Promise<Response>): Promise<Response> {
  try {
    return await use();
  } catch (thrown) {
    // Sessions, tokens and idempotency keys are read outside of commands and queries.
    const error = toUnavailable(thrown);
    if (error instanceof AppError) noteRefusal(error);
    if (error instanceof BodyError) return problemResponse(error, error.status);
    if (error instanceof AppError) return problemResponse(error);
    return unexpectedResponse(report(error, { where: "route" }));
  }
}

/** A JSON answer that no cache keeps. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** The query parameters; one given twice is refused by naming it, for it cannot be told which is meant. */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(query, name)) {
      const message = `The parameter ${name} is given twice`;
      throw new AppError("INVALID", message, { errors: [{ path: jsonPointer([name]), message }] });
    }
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}
