import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import type { Answer } from "./api.fixture.ts";
import { type ApiDocument, type ApiResponse, type Operation, openApiDocument } from "./openapi.ts";

const document = closed(openApiDocument());
const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "api", ...document });

/** The document with its answers closed: a key that an answer has and the document does not is a fault here. */
function closed(open: ApiDocument): ApiDocument {
  return JSON.parse(JSON.stringify(open), (_, value) =>
    typeof value === "object" && value !== null && value.type === "object" && value.properties
      ? { additionalProperties: false, ...value }
      : value,
  );
}

type Called = { method: string; path: string };

/** What the document says of a call; undefined for an address or a method that it does not have. */
function operationOf({ method, path }: Called): Operation | undefined {
  const given = path.split("?")[0]!.split("/");
  const fits = (template: string) => {
    const wanted = template.split("/");
    return (
      wanted.length === given.length && wanted.every((part, at) => part.startsWith("{") || part === given[at])
    );
  };
  // `/requests/preview` also looks like `/requests/{id}`, so the fewest parameters win.
  const [found] = Object.keys(document.paths)
    .filter(fits)
    .toSorted((a, b) => a.split("{").length - b.split("{").length);
  const item = found ? document.paths[found] : undefined;
  return method === "POST" ? item?.post : method === "GET" || method === "HEAD" ? item?.get : undefined;
}

/** Expects an answer that the document allows this call: status, type, headers and body. */
export function expectDocumented(called: Called, { status, headers, body }: Answer): void {
  const operation = operationOf(called);
  const response = operation ? responseOf(operation, status) : undocumentedRefusal(status);
  expect(
    response,
    `${called.method} ${called.path} answers ${status}, which the document does not have`,
  ).toBeDefined();
  for (const [header, { schema }] of headersOf(response!)) {
    const value = headers.get(header);
    if (header === "Idempotency-Replayed" && value === null) continue;
    const typed = schema.type === "integer" ? Number(value) : value;
    expect(
      ajv.validate(schema, typed),
      `${called.method} ${called.path} ${status}: ${header}: ${value}`,
    ).toBe(true);
  }
  if (called.method === "HEAD") return;
  const [type] = Object.keys(response!.content);
  expect(headers.get("content-type")?.split(";")[0], called.path).toBe(type);
  const { $ref } = response!.content[type!]!.schema;
  const validate = ajv.getSchema(`api${$ref}`)!;
  if (!validate(body)) {
    const faults = `${JSON.stringify(validate.errors)} ${JSON.stringify(body).slice(0, 800)}`;
    expect.fail(`${called.method} ${called.path} ${status} is not as documented: ${faults}`);
  }
}

function responseOf({ responses }: Operation, status: number): ApiResponse | undefined {
  const response = responses[status];
  return response && "$ref" in response ? document.components.responses[nameOf(response)] : response;
}

const nameOf = ({ $ref }: { $ref: string }) => $ref.split("/").at(-1)!;

/** An address or a method that is not described is refused in the form of every other refusal. */
function undocumentedRefusal(status: number): ApiResponse | undefined {
  if (![401, 404, 405].includes(status)) return undefined;
  return { ...document.components.responses.NotFound!, headers: {} };
}

function headersOf({ headers = {} }: ApiResponse) {
  return Object.entries(headers).map(
    ([name, header]) =>
      [name, "$ref" in header ? document.components.headers[nameOf(header)]! : header] as const,
  );
}
