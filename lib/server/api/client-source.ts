import "server-only";
import type { JsonSchema } from "./components.ts";
import type { ApiDocument, Operation, Parameter } from "./openapi.ts";

const header = `// Made from the OpenAPI document of API v1; do not edit. After a change of the API:
// npx vitest run lib/server/api/client-source.test.ts -u
`;

/** TypeScript for a client of the document: its schemas as types, and every call with what it takes and answers. */
export function clientSource(document: ApiDocument): string {
  const types = Object.entries(document.components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema, "  ")};\n`,
  );
  const calls = Object.entries(document.paths).flatMap(([path, { get, post }]) => [
    ...(get ? [{ path, method: "GET", operation: get }] : []),
    ...(post ? [{ path, method: "POST", operation: post }] : []),
  ]);
  const taken = calls.map(({ operation }) => `  ${operation.operationId}: ${callType(operation)};\n`);
  const addresses = calls.map(
    ({ method, path, operation }) =>
      `  ${operation.operationId}: { method: "${method}", path: "${path}" },\n`,
  );
  return [
    header,
    ...types,
    `/** What each call takes and answers. */\nexport type ApiCalls = {\n${taken.join("")}};\n`,
    `/** Where each call goes. */\nexport const apiCalls = {\n${addresses.join("")}} as const satisfies Record<keyof ApiCalls, object>;\n`,
  ].join("\n");
}

function callType({ parameters = [], requestBody, responses }: Operation): string {
  const own = parameters.filter((one): one is Parameter => "in" in one);
  const fields = (where: Parameter["in"]) =>
    own
      .filter((one) => one.in === where)
      .map(({ name, required, schema }) => `${quoted(name)}${required ? "" : "?"}: ${typeOf(schema)}`);
  const answer = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const schemaOf = (content: Record<string, { schema: JsonSchema }> | undefined) =>
    content ? typeOf(content["application/json"]!.schema) : "undefined";
  return `{ params: { ${fields("path").join("; ")} }; query: { ${fields("query").join("; ")} }; body: ${schemaOf(requestBody?.content)}; answer: ${schemaOf(answer && "content" in answer ? answer.content : undefined)} }`;
}

const quoted = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

/** A schema as a type. `indent`: the properties of an object go on lines of their own. */
function typeOf(schema: JsonSchema, indent?: string): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map((one) => typeOf(one as JsonSchema)).join(" | ");
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ type } as JsonSchema)).join(" | ");
  if (schema.type === "array") return `(${typeOf(schema.items as JsonSchema)})[]`;
  if (schema.type === "object") return objectType(schema, indent);
  if (schema.type === "integer") return "number";
  return typeof schema.type === "string" ? schema.type : "unknown";
}

function objectType(
  { properties, required = [], additionalProperties }: JsonSchema,
  indent?: string,
): string {
  if (!properties) {
    const value =
      typeof additionalProperties === "object" ? typeOf(additionalProperties as JsonSchema) : "unknown";
    return `{ [key: string]: ${value} }`;
  }
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `${quoted(name)}${required.includes(name) ? "" : "?"}: ${typeOf(schema as JsonSchema)}`,
  );
  return indent
    ? `{\n${fields.map((field) => `${indent}${field};\n`).join("")}}`
    : `{ ${fields.join("; ")} }`;
}
