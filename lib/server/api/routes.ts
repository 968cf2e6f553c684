import "server-only";
import * as z from "zod";
import type { TokenScope, UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { listEnvironments, listProjects } from "#lib/environments/queries.ts";
import { describeMe } from "#lib/people/queries.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { importTerraform } from "#lib/requests/import-terraform.ts";
import { getOutputs, previewRequest } from "#lib/requests/page-queries.ts";
import { getRequest, listRequests, requestListInput } from "#lib/requests/queries.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { resubmitRequest } from "#lib/requests/resubmit.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { sendBackRequest } from "#lib/requests/send-back.ts";
import { submitRequest } from "#lib/requests/submit.ts";
import { getTable, listTables, tableListInput } from "#lib/tables/queries.ts";
import { getTableSnippet, listSnippetFormats, makeSnippets } from "#lib/tables/snippets.ts";

type Call = { params: Record<string, string>; query: Record<string, string>; body: unknown };

export type ApiRoute = {
  method: "GET" | "POST";
  /** Segments in braces are parameters. */
  path: string;
  scope: TokenScope;
  status: 200 | 201;
  run: (actor: UserActor, call: Call) => Promise<unknown>;
};

const noQuery = z.strictObject({});

const get = (path: string, run: ApiRoute["run"]): ApiRoute => ({
  method: "GET",
  path,
  scope: "read",
  status: 200,
  run,
});

/** A read without parameters. */
const plainGet = (path: string, run: (actor: UserActor) => Promise<unknown>): ApiRoute =>
  get(path, (actor, { query }) => {
    parseQuery(noQuery, query);
    return run(actor);
  });

const post = (path: string, scope: TokenScope, run: ApiRoute["run"], status: 200 | 201 = 200): ApiRoute => ({
  method: "POST",
  path,
  scope,
  status,
  run: (actor, call) => {
    parseQuery(noQuery, call.query);
    return run(actor, call);
  },
});

/** A verb on one request, answered with the request as it is then. */
const onRequest = (
  path: string,
  scope: TokenScope,
  verb: (actor: UserActor, input: unknown) => Promise<unknown>,
) =>
  post(`/requests/{id}/${path}`, scope, async (actor, { params, body }) => {
    await verb(actor, withId(body, params.id));
    return getRequest(actor, { id: params.id! });
  });

/** Every call of API v1, in one list. */
export const apiRoutes: readonly ApiRoute[] = [
  post("/requests/preview", "read", (actor, { body }) => previewRequest(actor, body)),
  post(
    "/requests",
    "request",
    async (actor, { body }) => {
      const { id } = await submitRequest(actor, { body }).catch(withoutBodyPrefix);
      return getRequest(actor, { id });
    },
    201,
  ),
  get("/requests", (actor, { query }) =>
    listRequests(actor, parseQuery(requestListInput.omit({ mine: true }), query)),
  ),
  get("/requests/{id}", (actor, { params, query }) => getRequest(actor, onlyId(params, query))),
  get("/requests/{id}/outputs", (actor, { params, query }) => getOutputs(actor, onlyId(params, query))),
  onRequest("approve", "approve", approveRequest),
  onRequest("reject", "approve", rejectRequest),
  onRequest("send-back", "approve", sendBackRequest),
  onRequest("cancel", "request", cancelRequest),
  onRequest("retry", "request", retryRequest),
  onRequest("resubmit", "request", resubmitRequest),
  onRequest("comments", "request", commentOnRequest),
  get("/tables", (actor, { query }) => listTables(actor, parseQuery(tableListInput, query))),
  get("/tables/{id}", (actor, { params, query }) => getTable(actor, onlyId(params, query))),
  get("/tables/{id}/snippets", (actor, { params, query }) =>
    listSnippetFormats(actor, onlyId(params, query)),
  ),
  get("/tables/{id}/snippets/{format}", (actor, { params, query }) =>
    getTableSnippet(actor, { id: params.id!, format: params.format!, options: query }),
  ),
  post("/imports/terraform", "read", (actor, { body }) => importTerraform(actor, body)),
  post("/snippets", "read", (actor, { body }) => makeSnippets(actor, body)),
  plainGet("/projects", listProjects),
  plainGet("/environments", listEnvironments),
  plainGet("/me", async (actor) => describeMe(actor)),
];

/** Query parameters as the list wants them; an unknown one is refused. Throws INVALID with `/name` as the path. */
function parseQuery<S extends z.ZodType>(schema: S, query: Record<string, string>): z.input<S> {
  parseInput(schema, query);
  return query as z.input<S>;
}

function onlyId(params: Record<string, string>, query: Record<string, string>): { id: string } {
  parseQuery(noQuery, query);
  return { id: params.id! };
}

/** The id of the address goes into the verb's input, where a body may not bring one of its own. */
function withId(body: unknown, id: string | undefined): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("INVALID", "The body must be a JSON object.", {
      errors: [{ path: "", message: "Not an object" }],
    });
  }
  if (Object.hasOwn(body, "id")) {
    throw new AppError("INVALID", "Unknown key: id", { errors: [{ path: "/id", message: "Unknown key" }] });
  }
  return { ...body, id };
}

/** The verb's input wraps the body in `body`; the caller knows only the body. */
function withoutBodyPrefix(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const errors = error.errors.map((one) => ({ ...one, path: one.path.replace(/^\/body(?=\/|$)/, "") }));
  throw new AppError(error.code, error.message, {
    errors,
    retryAfterSeconds: error.retryAfterSeconds,
    cause: error.cause,
  });
}
