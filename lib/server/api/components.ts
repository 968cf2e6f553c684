import "server-only";
import * as z from "zod";
import { auditEventView } from "#lib/audit/schema.ts";
import {
  commentBody,
  commentedDecisionBody,
  decisionBody,
  requestView,
  requirementSchema,
} from "#lib/requests/schema.ts";
import { findingSchema } from "#lib/table-spec/findings.ts";
import { globalSecondaryIndexSchema, localSecondaryIndexSchema } from "#lib/table-spec/index-schema.ts";
import { tableSpecSchema, tablesSchema } from "#lib/table-spec/schema.ts";
import { snippetFormatsView, tableView } from "#lib/tables/schema.ts";
import type { ApiRoute } from "./route.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Names of what several calls take; any other body is called after its call. */
const inputs: [z.ZodType, string][] = [
  [tableSpecSchema, "TableSpecInput"],
  [tablesSchema, "TablesInput"],
  [globalSecondaryIndexSchema, "GlobalSecondaryIndexInput"],
  [localSecondaryIndexSchema, "LocalSecondaryIndexInput"],
  [decisionBody, "Decision"],
  [commentedDecisionBody, "CommentedDecision"],
  [commentBody, "Comment"],
];

/** Names of what several answers hold; any other answer is called after its call. */
const outputs: [z.ZodType, string][] = [
  [requestView, "Request"],
  [tableView, "Table"],
  [tableSpecSchema, "TableSpec"],
  [globalSecondaryIndexSchema, "GlobalSecondaryIndex"],
  [localSecondaryIndexSchema, "LocalSecondaryIndex"],
  [findingSchema, "Finding"],
  [requirementSchema, "Requirement"],
  [snippetFormatsView, "SnippetFormats"],
  [auditEventView, "AuditEvent"],
];

const pascal = (name: string) => name[0]!.toUpperCase() + name.slice(1);

export type Components = {
  schemas: Record<string, JsonSchema>;
  /** The names under which a route's body and answer are there. */
  nameOf: (route: ApiRoute) => { body: string | null; answer: string };
};

/** Every body as it is given and every answer as it comes, as JSON Schemas that refer to each other by name. */
export function componentsOf(routes: readonly ApiRoute[]): Components {
  const bodies = new Map(inputs);
  const answers = new Map(outputs);
  for (const { name, body, answer } of routes) {
    if (body && !bodies.has(body)) bodies.set(body, `${pascal(name)}Body`);
    if (!answers.has(answer)) answers.set(answer, `${pascal(name)}Answer`);
  }
  return {
    schemas: { ...toJsonSchemas(bodies, "input"), ...toJsonSchemas(answers, "output") },
    nameOf: ({ body, answer }) => ({ body: body && bodies.get(body)!, answer: answers.get(answer)! }),
  };
}

function toJsonSchemas(named: Map<z.ZodType, string>, io: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of named) registry.add(schema, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { io, uri, override: tidying(io) });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}

/** The query parameters of a schema, by name. */
export function queryProperties(query: z.ZodObject): {
  properties: Record<string, JsonSchema>;
  required: string[];
} {
  const { properties = {}, required = [] } = z.toJSONSchema(query, {
    io: "input",
    override: tidying("input"),
  });
  return { properties: properties as Record<string, JsonSchema>, required };
}

/**
 * Leaves out what says nothing. An answer may get keys that this document does not know yet, and a caller must not
 * stumble over them, so answers are open.
 */
function tidying(io: "input" | "output") {
  return ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void => {
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minLength === 0) delete jsonSchema.minLength;
    if (JSON.stringify(jsonSchema.propertyNames) === '{"type":"string"}') delete jsonSchema.propertyNames;
    if (jsonSchema.format === "date-time" || jsonSchema.format === "uuid") delete jsonSchema.pattern;
    const { default: standard } = z.globalRegistry.get(zodSchema) ?? {};
    // zod leaves the default of a codec's input out.
    if (io === "input" && standard !== undefined) jsonSchema.default = standard as JsonSchema["default"];
    if (io === "input") return;
    delete jsonSchema.default;
    if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  };
}
