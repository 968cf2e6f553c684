/** IAM takes U+0009, U+000A, U+000D and U+0020 to U+00FF; and nobody sees the invisible ones. JSON can escape them all. */
const escaped = /[^\p{ASCII}\u0080-\u00ff]|(?! )[\p{C}\p{Z}]/gu;

const codeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }).join("");

/**
 * A value as JSON that IAM takes: characters beyond U+00FF and invisible ones are escapes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function policyJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(escaped, (character) =>
    character === "\n" ? character : codeUnits(character),
  );
}

/** A text in quotes for a sentence: shortened, and with escapes for what nobody would see. */
export function quotedText(text: string): string {
  const characters = [...text];
  const short = characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : text;
  return JSON.stringify(short).replace(/(?! )[\p{C}\p{Z}]/gu, codeUnits);
}
