import "server-only";
import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { addLogContext } from "#lib/infra/log-context.ts";
import { actorOfToken } from "#lib/people/queries.ts";
import { readJsonBody } from "../body.ts";
import { idempotently } from "../idempotency.ts";
import { problemResponse } from "../problem.ts";
import { answer, json, queryOf } from "../run-route.ts";
import { openApiDocument } from "./openapi.ts";
import { type CallLimits, callLimits, takeTurn } from "./rate-limit.ts";
import type { ApiRoute } from "./route.ts";
import { apiRoutes } from "./routes.ts";

const base = "/api/v1";

/** Answers every call under /api/v1: token → route → limits → scope → body → verb; refusals as problem documents. */
export const apiHandler =
  (limits: CallLimits) =>
  (request: Request): Promise<Response> =>
    answer(async () => {
      if (isDocument(request)) return documentResponse();
      const { actor, token } = await authenticate(request);
      addLogContext({ person: actor.id });
      const path = new URL(request.url).pathname.slice(base.length) || "/";
      const found = findRoute(request.method === "HEAD" ? "GET" : request.method, path);
      const costly = found.route?.costly ?? false;
      const { headers, refusal } = await takeTurn({ token, personId: actor.id, costly }, limits);
      const response = refusal
        ? await answer(() => Promise.reject(refusal))
        : await answer(() => serve(request, actor, path, found));
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    });

export const handleApi = apiHandler(callLimits);

async function serve(request: Request, actor: UserActor, path: string, found: Found): Promise<Response> {
  if (!found.route) return notServed(found.allowed);
  const { route, params } = found;
  requireScope(actor, route);
  const query = queryOf(request);
  if (route.method === "GET")
    return json(route.status, await route.run(actor, { params, query, body: undefined }));

  const { value, bytes } = await readJsonBody(request);
  const key = request.headers.get("idempotency-key");
  return idempotently({ key, userId: actor.id, path, bytes }, () =>
    answer(async () => json(route.status, await route.run(actor, { params, query, body: value }))),
  );
}

const isDocument = ({ method, url }: Request) =>
  (method === "GET" || method === "HEAD") && new URL(url).pathname === `${base}/openapi.json`;

let document: string | undefined;

/** The document is the same for all: public, and made once. */
function documentResponse(): Response {
  document ??= JSON.stringify(openApiDocument());
  return new Response(document, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}

async function authenticate(request: Request): Promise<{ actor: UserActor; token: string }> {
  const [, token] = /^Bearer ([!-~]+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!token) {
    throw new AppError("UNAUTHENTICATED", "Send a token: `Authorization: Bearer <token>`.");
  }
  return { actor: await actorOfToken(token), token };
}

type Found = { route: ApiRoute; params: Record<string, string> } | { route: undefined; allowed: string[] };

function findRoute(method: string, path: string): Found {
  const matches = apiRoutes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const match = matches.find(({ route }) => route.method === method);
  return match ?? { route: undefined, allowed: [...new Set(matches.map(({ route }) => route.method))] };
}

const id = z.guid();

/** The parameters when a path fits a pattern; an `{id}` that is no UUID fits nothing, as no row can have it. */
function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index]!;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (!name && part !== text) return null;
    if (name === "id" && !id.safeParse(text).success) return null;
    if (name) params[name] = text;
  }
  return params;
}

function requireScope(actor: UserActor, route: ApiRoute): void {
  if (actor.scopes === null || actor.scopes.includes(route.scope)) return;
  throw new AppError("FORBIDDEN", `This call needs a token with the scope "${route.scope}".`);
}

function notServed(allowed: string[]): Response {
  if (allowed.length === 0) {
    return problemResponse(
      new AppError("NOT_FOUND", "There is no such call in API v1, or not in this version."),
    );
  }
  const error = new AppError("INVALID", `This address takes ${allowed.join(" and ")} only.`);
  const response = problemResponse(error, 405);
  response.headers.set("allow", allowed.join(", "));
  return response;
}
