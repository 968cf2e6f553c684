import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import type { SnippetTable, SnippetWarning } from "./snippet.ts";

type Text = { path: readonly PropertyKey[]; text: string };

function textsIn(value: unknown, path: readonly PropertyKey[]): Text[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => [
    ...(Array.isArray(value) ? [] : [{ path: [...path, name], text: name }]),
    ...textsIn(entry, [...path, name]),
  ]);
}

/** Tags that repeat what the spec or the name says. */
const repeated = new Set(["Name", "Purpose", "Type"]);

/**
 * A warning for every text of a table that HCL cannot say, because Terraform reads all strings in Unicode's normal
 * form C: another name than the table's would arrive.
 * https://developer.hashicorp.com/terraform/language/expressions/types
 */
export function spellingWarnings(table: SnippetTable): SnippetWarning[] {
  const { key, name, spec } = table;
  const otherTags = Object.entries(table.tags).filter(
    ([tag]) => !repeated.has(tag) && !Object.hasOwn(spec.tags, tag),
  );
  return [
    ...textsIn(spec, ["tables", key]),
    ...textsIn(Object.fromEntries(otherTags), ["tables", key, "tags"]),
  ]
    .filter(({ text }) => text !== text.normalize("NFC"))
    .map(({ path, text }) => ({
      path: jsonPointer(path),
      message: `${name}: Terraform reads ${JSON.stringify(text)} in another Unicode spelling (NFC), which DynamoDB takes for a different text. Keep this table out of Terraform, or use the usual spelling in a new table.`,
    }));
}
