const named = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

const unicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A text as a quoted HCL string that means exactly that text: no template in it comes alive.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function hclString(text: string): string {
  const escaped = text
    .replace(/[\\"\p{Cc}\u2028\u2029]/gu, (character) => named.get(character) ?? unicode(character))
    .replace(/([$%])\{/g, "$1$1{");
  return `"${escaped}"`;
}

/** A name for a block, made from any text: letters, digits and underscores, not a digit first. */
export function hclLabel(text: string): string {
  const label = text.replace(/[^a-zA-Z0-9_]/g, "_");
  return /^[a-zA-Z]/.test(label) ? label : `table_${label}`;
}
