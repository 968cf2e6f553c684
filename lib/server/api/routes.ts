import "server-only";
import * as z from "zod";
import { auditListInput, listAudit } from "#lib/audit/queries.ts";
import { auditEventView } from "#lib/audit/schema.ts";
import type { TokenScope, UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { pageOf } from "#lib/core/keyset.ts";
import { listEnvironments, listProjects } from "#lib/environments/queries.ts";
import { environmentListView, projectListView } from "#lib/environments/schema.ts";
import { describeMe } from "#lib/people/queries.ts";
import { meView } from "#lib/people/schema.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { importTerraform, importTerraformBody } from "#lib/requests/import-terraform.ts";
import { getOutputs } from "#lib/requests/page-queries.ts";
import { getRequest, listRequests, requestListInput } from "#lib/requests/queries.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { resubmitRequest } from "#lib/requests/resubmit.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import {
  approvalBody,
  commentBody,
  commentedDecisionBody,
  decisionBody,
  outputsView,
  previewBody,
  previewView,
  requestBody,
  requestView,
  resubmitBody,
  resubmitDecommissionBody,
  terraformImportView,
} from "#lib/requests/schema.ts";
import { sendBackRequest } from "#lib/requests/send-back.ts";
import { submitRequest } from "#lib/requests/submit.ts";
import { previewRequest } from "#lib/requests/wizard-queries.ts";
import { iamPolicyOptionsSchema } from "#lib/snippets/iam-policy-options.ts";
import { getTable, listTables, tableListInput } from "#lib/tables/queries.ts";
import { snippetFormatsView, snippetsView, tableSnippetView, tableView } from "#lib/tables/schema.ts";
import { getTableSnippet, listSnippetFormats, makeSnippets, snippetsBody } from "#lib/tables/snippets.ts";
import { type ApiRoute, get, post } from "./route.ts";

/** A verb on one request, answered with the request as it is then. */
const onRequest = (
  path: string,
  scope: TokenScope,
  verb: (actor: UserActor, input: unknown) => Promise<unknown>,
  told: { name: string; summary: string; body: z.ZodType; costly?: boolean },
) =>
  post(`/requests/{id}/${path}`, scope, {
    ...told,
    answer: requestView,
    run: async (actor, { params, body }) => {
      await verb(actor, withId(body, params.id));
      return getRequest(actor, { id: params.id! });
    },
  });

/** The options of every format; the format itself says which it has. */
const snippetQuery = z.looseObject({
  ...iamPolicyOptionsSchema.shape,
  as: z
    .enum(["json", "terraform", "cloudformation", "dotenv"])
    .optional()
    .describe("iam-policy: json, terraform or cloudformation; env: dotenv or json."),
});

const requestRoutes: ApiRoute[] = [
  post("/requests/preview", "read", {
    name: "previewRequest",
    summary: "Names, findings, the plan and the approvals of a request that is not made; stores nothing",
    body: previewBody,
    costly: true,
    answer: previewView,
    run: (actor, { body }) => previewRequest(actor, body),
  }),
  post("/requests", "request", {
    name: "submitRequest",
    summary: "Ask for tables",
    body: requestBody,
    costly: true,
    answer: requestView,
    status: 201,
    run: async (actor, { body }) => {
      const { id } = await submitRequest(actor, { body }).catch(withoutBodyPrefix);
      return getRequest(actor, { id });
    },
  }),
  get("/requests", {
    name: "listRequests",
    summary: "Requests, newest first",
    query: requestListInput.omit({ mine: true }),
    answer: pageOf(requestView),
    run: (actor, { query }) => listRequests(actor, query),
  }),
  get("/requests/{id}", {
    name: "getRequest",
    summary: "One request with its tables, approvals and events",
    answer: requestView,
    run: (actor, { params }) => getRequest(actor, { id: params.id! }),
  }),
  get("/requests/{id}/outputs", {
    name: "getRequestOutputs",
    summary: "The Terraform module's four outputs, of the tables that became active",
    answer: outputsView,
    run: (actor, { params }) => getOutputs(actor, { id: params.id! }),
  }),
  onRequest("approve", "approve", approveRequest, {
    name: "approveRequest",
    summary: "Approve this version",
    body: approvalBody,
  }),
  onRequest("reject", "approve", rejectRequest, {
    name: "rejectRequest",
    summary: "Reject it for good; its names are free again",
    body: commentedDecisionBody,
  }),
  onRequest("send-back", "approve", sendBackRequest, {
    name: "sendBackRequest",
    summary: "Ask the requester for changes",
    body: commentedDecisionBody,
  }),
  onRequest("cancel", "request", cancelRequest, {
    name: "cancelRequest",
    summary: "End a request that waits or failed; tables that exist stay",
    body: decisionBody,
  }),
  onRequest("retry", "request", retryRequest, {
    name: "retryRequest",
    summary: "Run the failed tables again",
    body: decisionBody,
  }),
  onRequest("resubmit", "request", resubmitRequest, {
    name: "resubmitRequest",
    summary: "Change the tables; what was approved is void",
    body: z.union([resubmitBody, resubmitDecommissionBody]),
    costly: true,
  }),
  onRequest("comments", "request", commentOnRequest, {
    name: "commentOnRequest",
    summary: "Add to the conversation",
    body: commentBody,
  }),
];

const tableRoutes: ApiRoute[] = [
  get("/tables", {
    name: "listTables",
    summary: "Tables from approval on, newest first",
    query: tableListInput,
    answer: pageOf(tableView),
    run: (actor, { query }) => listTables(actor, query),
  }),
  get("/tables/{id}", {
    name: "getTable",
    summary: "One table as approved and as a worker last saw it",
    answer: tableView,
    run: (actor, { params }) => getTable(actor, { id: params.id! }),
  }),
  get("/tables/{id}/snippets", {
    name: "listSnippetFormats",
    summary: "The formats of code there are of a table, and why one is not to be had yet",
    answer: snippetFormatsView,
    run: (actor, { params }) => listSnippetFormats(actor, { id: params.id! }),
  }),
  get("/tables/{id}/snippets/{format}", {
    name: "getTableSnippet",
    summary: "Code of one table: an IAM policy, Terraform, CloudFormation, CDK, CLI calls, names and ARNs",
    query: snippetQuery,
    answer: tableSnippetView,
    run: (actor, { params, query }) =>
      getTableSnippet(actor, { id: params.id!, format: params.format!, options: query }),
  }),
  post("/snippets", "read", {
    name: "makeSnippets",
    summary: "Code of many tables: by table_ids, by request_id, or by project and environment",
    body: snippetsBody,
    costly: true,
    answer: snippetsView,
    run: (actor, { body }) => makeSnippets(actor, body),
  }),
  post("/imports/terraform", "read", {
    name: "importTerraform",
    summary: "The tables of a text in Terraform's language; stores nothing",
    body: importTerraformBody,
    costly: true,
    answer: terraformImportView,
    run: (actor, { body }) => importTerraform(actor, body),
  }),
];

/** Every call of API v1, in one list: it drives the handler, the document, the reference and the client. */
export const apiRoutes: readonly ApiRoute[] = [
  ...requestRoutes,
  ...tableRoutes,
  get("/projects", {
    name: "listProjects",
    summary: "The projects the person may see",
    answer: projectListView,
    run: listProjects,
  }),
  get("/environments", {
    name: "listEnvironments",
    summary: "Where tables are made, in promotion order",
    answer: environmentListView,
    run: listEnvironments,
  }),
  get("/me", {
    name: "getMe",
    summary: "Whom the token acts as, and what it may",
    answer: meView,
    run: async (actor) => describeMe(actor),
  }),
  get("/audit", {
    name: "listAudit",
    summary: "What was done and by whom, the last first; for the platform group",
    query: auditListInput,
    answer: pageOf(auditEventView),
    run: (actor, { query }) => listAudit(actor, query),
  }),
];

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
