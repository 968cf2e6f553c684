import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { SnippetTable, SnippetWarning } from "./snippet.ts";

/** Everything without a shape of its own, all spaces but the plain one, and what joins the character before it. */
const unseen =
  /[^\P{Z} ]|\P{Grapheme_Base}|[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\u0e33\u0eb3\u1100-\u11ff\u3164\ua960-\ua97f\ud7b0-\ud7ff\uff9e-\uffa0]/gu;

/** The text with every character that a reader would not see, line breaks aside, as `written` says. */
export function showUnseen(text: string, written: (character: string) => string): string {
  return text.replace(unseen, (character) => (character === "\n" ? character : written(character)));
}

/** The code point of a character as at least `digits` hexadecimal digits. */
export function hexadecimal(character: string, digits: number): string {
  return character.codePointAt(0)!.toString(16).padStart(digits, "0");
}

type AttributeName = { path: readonly PropertyKey[]; name: string };

/** Every attribute name that a template says, with its place in the spec. Only these may hold braces. */
function attributeNames(spec: TableSpec): AttributeName[] {
  const indexes = (["global_secondary_indexes", "local_secondary_indexes"] as const).flatMap((field) =>
    Object.entries(spec[field]).flatMap(([index, entry]) => [
      ...("partition_key" in entry
        ? [{ path: [field, index, "partition_key"], name: entry.partition_key }]
        : []),
      { path: [field, index, "sort_key"], name: entry.sort_key },
      ...(entry.non_key_attributes ?? []).map((name: string, at: number) => ({
        path: [field, index, "non_key_attributes", at],
        name,
      })),
    ]),
  );
  return [
    { path: ["partition_key"], name: spec.partition_key },
    { path: ["sort_key"], name: spec.sort_key },
    ...(spec.enable_ttl ? [{ path: ["ttl_attribute"], name: spec.ttl_attribute }] : []),
    ...indexes,
  ].filter((found): found is AttributeName => found.name !== null);
}

/**
 * Whether an attribute name looks like a placeholder that lacks its `Fn::Sub`. CloudFormation takes it for the plain text
 * that it is; linters take it for a mistake.
 */
export function hasPlaceholder(spec: TableSpec): boolean {
  return attributeNames(spec).some(({ name }) => /\$\{[^}]+\}/.test(name));
}

/**
 * A warning for every attribute name that CloudFormation would replace: it resolves dynamic references in any string,
 * also in what its functions answer, and knows no way to escape them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function dynamicReferenceWarnings(table: SnippetTable): SnippetWarning[] {
  return attributeNames(table.spec)
    .filter(({ name }) => /\{\{\s*resolve\s*:.*\}\}/.test(name))
    .map(({ path, name }) => ({
      path: jsonPointer(["tables", table.key, ...path]),
      message: `${table.name}: CloudFormation reads the attribute name ${JSON.stringify(name)} as a dynamic reference and would put a parameter or secret in its place. Keep this table out of CloudFormation, or rename the attribute in a new table.`,
    }));
}
