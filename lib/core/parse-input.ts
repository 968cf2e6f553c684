import type * as z from "zod";
import { mustBe } from "#lib/table-spec/field-schemas.ts";
import { toInvalid } from "./failure.ts";

type Issue = z.core.$ZodRawIssue;

const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/**
 * What somebody sent, in the shape that `schema` has.
 * Throws INVALID with one message a fault; where the schema has none of its own, it is what the field must be.
 */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw, { error: inPlainWords });
  if (!parsed.success) throw toInvalid(parsed.error);
  return parsed.data;
}

function inPlainWords(issue: Issue): string | undefined {
  const what = wanted(issue);
  const path = issue.path ?? [];
  const name = path.findLast((part) => typeof part === "string") ?? "The body";
  return what && mustBe(typeof path.at(-1) === "number" ? `An entry of ${name}` : name, what)(issue);
}

function wanted(issue: Issue): string | undefined {
  if (issue.code === "invalid_type") return kinds[issue.expected];
  if (issue.code === "invalid_value") return `one of ${issue.values.join(", ")}`;
  if (issue.code === "too_small") return bounded(issue.origin, `at least ${issue.minimum}`);
  if (issue.code === "too_big") return bounded(issue.origin, `at most ${issue.maximum}`);
  return undefined;
}

function bounded(origin: string, limit: string): string {
  if (origin === "string") return `text of ${limit} characters`;
  return origin === "array" ? `a list of ${limit}` : `a number of ${limit}`;
}
