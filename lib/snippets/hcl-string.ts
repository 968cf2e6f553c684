const named = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function unicode(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

/**
 * What a reader would not see, or not see where it is: everything without a shape of its own, all spaces but the plain
 * one, and what joins the character before it. So one character left is one column, by which HCL is aligned.
 */
const unseen =
  /[^\P{Z} ]|\P{Grapheme_Base}|[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff9e\uff9f]/u;
const escaped = new RegExp(`["\\\\]|${unseen.source}`, "gu");

/**
 * A text as a quoted HCL string that means exactly that text: no template in it comes alive, and invisible and
 * bidirectional characters are written as escapes. HCL reads every string as NFC, so other spellings do not survive.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function hclString(text: string): string {
  const shown = text
    .replace(escaped, (character) => named.get(character) ?? unicode(character))
    .replace(/([$%])\{/g, "$1$1{");
  return `"${shown}"`;
}
