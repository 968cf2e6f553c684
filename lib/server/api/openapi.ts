import "server-only";
import * as z from "zod";
import { errorCodes } from "#lib/core/errors.ts";
import { snippetFormats } from "#lib/tables/schema.ts";
import { type Components, componentsOf, type JsonSchema, queryProperties } from "./components.ts";
import { callLimits } from "./rate-limit.ts";
import type { ApiRoute } from "./route.ts";
import { apiRoutes } from "./routes.ts";

type Ref = { $ref: string };
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  /** A list is given in one parameter, its items separated by commas. */
  explode?: false;
  schema: JsonSchema;
};
type Header = { description: string; schema: JsonSchema };
export type ApiResponse = {
  description: string;
  headers?: Record<string, Header | Ref>;
  content: Record<string, { schema: JsonSchema }>;
};
export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security: { token: string[] }[];
  parameters?: (Parameter | Ref)[];
  requestBody?: { required: true; content: { "application/json": { schema: JsonSchema } } };
  responses: Record<string, ApiResponse | Ref>;
};
export type ApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, { get?: Operation; post?: Operation }>;
  components: {
    schemas: Record<string, JsonSchema>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    responses: Record<string, ApiResponse>;
    securitySchemes: Record<string, object>;
  };
};

/** Every refusal by its status: what it is called here, and what it means to a caller. */
const refusals: Record<string, [name: string, description: string]> = {
  400: ["Unreadable", "The body is no JSON in UTF-8, or gives a key twice."],
  401: ["Unauthenticated", "No token, or one that is unknown, expired or revoked."],
  403: ["Forbidden", "The token lacks the scope, or its person may not do this; `detail` says why."],
  404: ["NotFound", "It does not exist, or the person may not see it."],
  409: ["Conflict", "It does not fit the present state: read again and decide anew."],
  413: ["TooLarge", "The body is larger than 1 MB."],
  415: ["NotJson", "The body does not say that it is JSON."],
  422: ["Invalid", "Something is wrong with the input; `errors` points at every fault."],
  429: ["Limit", "Too many calls; try again after `Retry-After` seconds."],
  500: ["Unexpected", "Something went wrong on our side; `detail` has the reference it was logged under."],
  503: ["Unavailable", "Not possible at the moment; try again after `Retry-After` seconds."],
};

const tagWords: Record<string, string> = {
  requests: "Asking for tables, and deciding.",
  tables: "The tables there are, and code that uses them.",
  snippets: "Code of many tables at once.",
  imports: "Terraform brought in as tables to ask for.",
  projects: "What the person may see.",
  environments: "Where tables are made.",
  me: "Whom the token acts as.",
  audit: "Who did what, for the platform group.",
};

const introduction = `Ask for DynamoDB tables, decide on requests and read what there is, as the person a token belongs to.

Send \`Authorization: Bearer <token>\`; a token has some of the scopes \`read\`, \`request\` and \`approve\`. Bodies are JSON of at most 1 MB; a key that is not known is an error. Answers may get further keys: take no notice of those you do not know. Refusals are problem documents (RFC 9457) with a \`code\`, and \`errors\` that point into the body.

Calls are limited to ${callLimits.token.toLocaleString("en")} a minute for a token and ${callLimits.person.toLocaleString("en")} for a person; previews, submits, imports and code of many tables to ${callLimits.costly}. \`RateLimit\` says what is left.

A list takes \`limit\` and \`cursor\` and answers \`items\`, newest first, and \`next_cursor\`.`;

/** API v1 as an OpenAPI 3.1 document, made of the routes and their own schemas. */
export function openApiDocument(): ApiDocument {
  const components = componentsOf(apiRoutes);
  const paths: ApiDocument["paths"] = {};
  for (const route of apiRoutes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operationOf(route, components),
    };
  }
  return {
    openapi: "3.1.1",
    info: { title: "Tablewright", version: "1", description: introduction },
    servers: [{ url: "/api/v1" }],
    tags: [...new Set(apiRoutes.map(tagOf))].map((name) => ({ name, description: tagWords[name] ?? "" })),
    paths,
    components: {
      schemas: { ...components.schemas, Problem: problem },
      parameters: { IdempotencyKey: idempotencyKey },
      headers,
      responses: Object.fromEntries(
        Object.entries(refusals).map(([status, [name, description]]) => [name, refusal(status, description)]),
      ),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "A token as Tablewright makes it; it begins with `twt_`. The names beside it are scopes.",
        },
      },
    },
  };
}

const tagOf = ({ path }: ApiRoute): string => path.split("/")[1]!;

function operationOf(route: ApiRoute, { nameOf }: Components): Operation {
  const { body, answer } = nameOf(route);
  const parameters = parametersOf(route);
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [tagOf(route)],
    security: [{ token: [route.scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: component("schemas", body) } },
      },
    }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? "Made." : "Done.",
        headers: { ...limitHeaders, ...(body && header("Idempotency-Replayed")) },
        content: { "application/json": { schema: component("schemas", answer) } },
      },
      ...Object.fromEntries(
        refusalsOf(route).map((status) => [status, component("responses", refusals[status]![0])]),
      ),
    },
  };
}

/** The statuses that a route may refuse with. */
function refusalsOf({ method, path }: ApiRoute): string[] {
  const post = method === "POST";
  const [found, settled] = [post || path.includes("{"), post || path.includes("{format}")];
  return [
    ...(post ? ["400", "413", "415"] : []),
    ...(found ? ["404"] : []),
    ...(settled ? ["409"] : []),
    ...["401", "403", "422", "429", "500", "503"],
  ].sort();
}

const component = (kind: string, name: string): Ref => ({ $ref: `#/components/${kind}/${name}` });
const header = (name: string) => ({ [name]: component("headers", name) });

const pathParameters: Record<string, JsonSchema> = {
  id: { type: "string", format: "uuid" },
  format: { type: "string", enum: [...snippetFormats] },
};

function parametersOf(route: ApiRoute): (Parameter | Ref)[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]): Parameter => {
    return { name: name!, in: "path", required: true, schema: pathParameters[name!]! };
  });
  const { properties, required } = queryProperties(route.query);
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]): Parameter => {
    const list = schema.type === "array" && { explode: false as const };
    return {
      name,
      in: "query",
      required: required.includes(name),
      ...(description && { description }),
      ...list,
      schema,
    };
  });
  return [
    ...inPath,
    ...inQuery,
    ...(route.method === "POST" ? [component("parameters", "IdempotencyKey")] : []),
  ];
}

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Any text of your own. The same key, path and body within 24 hours get the stored answer and nothing happens twice; another body is refused with 422, and while the first call runs the answer is 409. An answer of 500 and above is not stored.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[ -~]*$" },
};

const headers: ApiDocument["components"]["headers"] = {
  "Retry-After": {
    description: "Seconds until another try makes sense.",
    schema: { type: "integer", minimum: 0 },
  },
  "RateLimit-Policy": {
    description:
      "The limits that this call counts against, as draft-ietf-httpapi-ratelimit-headers has them.",
    schema: { type: "string" },
  },
  RateLimit: {
    description: "What is left of each limit (`r`) and the seconds until it is whole again (`t`).",
    schema: { type: "string" },
  },
  "WWW-Authenticate": { description: "The scheme that is needed: Bearer.", schema: { type: "string" } },
  "Idempotency-Replayed": {
    description: "`true` where this is the stored answer of an earlier call.",
    schema: { type: "string", const: "true" },
  },
};

const limitHeaders = { ...header("RateLimit-Policy"), ...header("RateLimit") };

const problem: JsonSchema = z.toJSONSchema(
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(errorCodes).optional().describe("Absent only with 500."),
    detail: z.string().describe("What is wrong, where, and what to do."),
    errors: z.array(
      z.looseObject({
        path: z.string().describe("A JSON pointer into the body, or `/` and a query parameter's name."),
        message: z.string(),
        id: z.string().optional().describe("The finding or rule."),
      }),
    ),
  }),
);
delete problem.$schema;

function refusal(status: string, description: string): ApiResponse {
  const extra = {
    ...(status === "401" && header("WWW-Authenticate")),
    ...((status === "429" || status === "503") && header("Retry-After")),
    ...(!["401", "500", "503"].includes(status) && limitHeaders),
  };
  return {
    description,
    ...(Object.keys(extra).length > 0 && { headers: extra }),
    content: { "application/problem+json": { schema: component("schemas", "Problem") } },
  };
}
