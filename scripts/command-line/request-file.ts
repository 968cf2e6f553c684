import { readFileSync } from "node:fs";
import type { SubmitRequestBody } from "#lib/api-client/calls.ts";
import { Exit } from "./exit.ts";

type Fields = {
  project?: string | undefined;
  environment?: string | undefined;
  justification?: string | undefined;
};

/**
 * The body of `POST /requests` that a file holds: a whole one, or the module's tables map, alone or as `tables`, with
 * the rest from `fields`, which also win over the file's. "-" is standard input. Throws Exit: 1 for a file that cannot
 * be read, 2 where a field is missing.
 */
export function readRequestFile(file: string, fields: Fields): SubmitRequestBody {
  const content = readJson(file);
  // A table may be called `kind`, but then it is an object.
  const whole = typeof content.kind === "string";
  const wrapped = Object.keys(content).join() === "tables";
  const body = whole ? content : { kind: "create", tables: wrapped ? content.tables : content };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const asked: Record<string, unknown> = { ...body, ...given };
  const missing = ["project", "environment", "justification"].filter((name) => asked[name] === undefined);
  if (missing.length > 0)
    throw new Exit(2, `Say for what: ${missing.map((name) => `--${name}`).join(", ")} is missing.`);
  return asked as SubmitRequestBody;
}

function readJson(file: string): Record<string, unknown> {
  const name = file === "-" ? "Standard input" : file;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (error) {
    throw new Exit(1, `${name} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof content === "object" && content !== null && !Array.isArray(content))
    return content as Record<string, unknown>;
  throw new Exit(
    1,
    `${name} holds no JSON object: give a map from keys to tables, or a body of POST /requests.`,
  );
}
