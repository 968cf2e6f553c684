import * as z from "zod";
import { sortedEntries } from "#lib/provisioning/create-table-input.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { variablePrefix } from "./label.ts";
import { readOptions } from "./read-options.ts";
import { isPlainWord } from "./shell-string.ts";
import type { Snippet, SnippetTable, SnippetWarning } from "./snippet.ts";

/** As environment variables, or as the module's output `tables`. */
const envForms = ["dotenv", "json"] as const;
type EnvForm = (typeof envForms)[number];

const optionsSchema = z.strictObject({
  as: z.enum(envForms, { error: `as must be ${envForms.join(" or ")}.` }).default("dotenv"),
});

/** Reads the options of an `env` snippet, from a query string or a JSON body. Throws INVALID, a fault each. */
export function parseEnvOptions(options: unknown): { as: EnvForm } {
  return readOptions(optionsSchema, "The format env", options);
}

/**
 * Names and ARNs of tables: one file for each project and environment; for a single table a file of its own name. What
 * has not been observed yet is left out (null in JSON) and named in a warning.
 */
export function envSnippet(tables: readonly SnippetTable[], { as }: { as: EnvForm }): Snippet {
  const files = groups(tables).map((group) => {
    const { name, project, environment } = group[0]!;
    const base = tables.length === 1 ? name : `${project}-${environment}`;
    return as === "json"
      ? { filename: `${base}.json`, content: json(group) }
      : { filename: `${base}.env`, content: dotenv(group) };
  });
  return { files, warnings: tables.flatMap((table) => warningsOf(table, as, tables)) };
}

/** By project and environment, which stand apart in the key as no name has a space; tables by key. */
function groups(tables: readonly SnippetTable[]): SnippetTable[][] {
  const byPlace = Object.groupBy(tables, ({ project, environment }) => `${project} ${environment}`);
  return sortedEntries(byPlace as Record<string, SnippetTable[]>).map(([, group]) =>
    sortedEntries(Object.fromEntries(group.map((table) => [table.key, table]))).map(([, table]) => table),
  );
}

function json(group: readonly SnippetTable[]): string {
  const outputs = group.map(({ key, name, arn, streamArn }) => [key, { name, arn, stream_arn: streamArn }]);
  return `${JSON.stringify(Object.fromEntries(outputs), null, 2)}\n`;
}

function dotenv(group: readonly SnippetTable[]): string {
  const { project, environment } = group[0]!;
  const blocks = group.map(({ key, name, arn, streamArn }) =>
    Object.entries({ NAME: name, ARN: arn, STREAM_ARN: streamArn })
      .filter((entry): entry is [string, string] => entry[1] !== null && isSayable(entry[1]))
      .map(([suffix, value]) => `${variablePrefix(key)}_TABLE_${suffix}=${dotenvValue(value)}\n`)
      .join(""),
  );
  return `# DynamoDB tables of ${project} in ${environment}\n${blocks.join("\n")}`;
}

/** Bare or in single quotes, where neither a shell nor a dotenv parser expands anything. */
function dotenvValue(value: string): string {
  return isPlainWord(value) ? value : `'${value}'`;
}

/** Names and the ARNs of AWS always are; an emulator may answer anything. */
const isSayable = (value: string) => !/['\p{Cc}\u2028\u2029]/u.test(value);

function warningsOf(table: SnippetTable, as: EnvForm, all: readonly SnippetTable[]): SnippetWarning[] {
  const { key, name, arn, streamArn, spec, unsupported } = table;
  const warning = (field: string, message: string) => ({
    path: jsonPointer(["tables", key, field]),
    message,
  });
  const about = (field: string, what: string, value: string | null) => {
    if (value === null) {
      return [
        warning(
          field,
          `The ${what} of ${name} is not known yet. Take this file again once the table is active.`,
        ),
      ];
    }
    if (as === "json" || isSayable(value)) return [];
    return [
      warning(field, `The ${what} of ${name} has characters that dotenv cannot say. Take it from the JSON.`),
    ];
  };
  const twin = all.findLast(
    (other) =>
      other.key === key && other.project === table.project && other.environment === table.environment,
  );
  if (twin && twin !== table) {
    return [warning("name", `${name} is not in the file: ${twin.name} has the same key. Ask for it alone.`)];
  }
  const streams = spec.enable_stream && !unsupported.includes("stream");
  return [
    ...about("arn", "ARN", arn),
    ...(streams || streamArn !== null ? about("stream_arn", "stream ARN", streamArn) : []),
  ];
}
