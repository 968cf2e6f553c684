import type { z } from "zod";
import type { ConfigDocument, ConfigPath, ConfigProblem } from "#lib/infra/config-yaml.ts";

/** What is wrong with the file where the schema found it, in words and with its place. */
export function problemsOf(issue: z.core.$ZodIssue, document: ConfigDocument): ConfigProblem[] {
  if (issue.code === "unrecognized_keys") {
    const reasons = issue.message.split("\n");
    return issue.keys.map((key, index) => ({
      ...document.locate([...issue.path, key], { key: true }),
      reason: reasons[index] ?? issue.message,
    }));
  }
  if (issue.code === "invalid_key") {
    const reason = issue.issues[0]?.message ?? issue.message;
    return [{ ...document.locate(issue.path, { key: true }), reason }];
  }
  const key = issue.code === "custom" && issue.params?.atKey === true;
  return [{ ...document.locate(issue.path, { key }), reason: reasonOf(issue, document) }];
}

const kindNames: Record<string, string> = {
  string: "text",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  array: "a list",
  object: "a mapping of keys",
  record: "a mapping of keys",
};

function reasonOf(issue: z.core.$ZodIssue, document: ConfigDocument): string {
  const label = String(issue.path.findLast((step) => typeof step === "string") ?? "the file");
  const value = valueAt(document.value, issue.path);
  if (issue.code === "invalid_value") return `\`${label}\` must be ${issue.values.join(" or ")}`;
  if (typeof issue.path.at(-1) === "number" && issue.code === "custom") return issue.message;
  if (issue.code !== "invalid_type") return withLabel(label, issue.message);
  if (value === undefined) return `\`${label}\` is missing`;
  const wanted = kindNames[issue.expected] ?? issue.expected;
  if (issue.expected === "string" && ["number", "boolean"].includes(typeof value)) {
    return `\`${label}\` must be text: quote it, "${document.source(issue.path) ?? value}"`;
  }
  return `\`${label}\` must be ${wanted}`;
}

function withLabel(label: string, message: string): string {
  return message.includes(`\`${label}\``) || message.startsWith(label) ? message : `\`${label}\`: ${message}`;
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}
