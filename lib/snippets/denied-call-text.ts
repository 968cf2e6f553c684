const named: Record<string, string> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&", nbsp: " " };
const escaped: Record<string, string> = { n: "\n", r: "\n", t: " ", '"': '"', "'": "'", "/": "/" };

/**
 * A pasted message as it was before logs, terminals and web pages dressed it: HTML entities and JSON escapes are
 * undone, colours, frames and invisible characters are gone. White space is one space where it is certain, and one
 * line feed where a terminal may have cut a word in two. Every expression here takes linear time.
 */
export function plainMessage(pasted: string): string {
  return (
    unescapeJson(unescapeHtml(unescapeHtml(pasted)))
      .replace(/\p{Cc}\[[0-9;]*m/gu, "")
      .replace(/\p{Cf}/gu, "")
      .replace(/[^\S\n]+/g, " ")
      // The frames of Terraform's errors, quotes in mails and comments in scripts.
      .replace(/\n ?[│|>#╷╵]+/g, "\n")
      .replace(/[ \n]+/g, (space) => (!space.includes("\n") || /\n ?\n/.test(space) ? " " : "\n"))
      .trim()
  );
}

function unescapeHtml(text: string): string {
  return text.replace(
    /&(?:(quot|apos|lt|gt|amp|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi,
    (all, name, decimal, hex) => {
      if (name) return named[name.toLowerCase()] ?? all;
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );
}

/** Escapes of JSON, however many times over. */
function unescapeJson(text: string): string {
  return text
    .replace(/\\+/g, "\\")
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\([nrt"'/])/g, (_, char: string) => escaped[char]!);
}

/** Finds these words in what `plainMessage` gives, also where a line was cut within one of them. */
export function phrase(words: string): string {
  return [...words]
    .map((char) => (char === " " ? "[ \\n]" : char.replace(/[.*+?()|[\]]/, "\\$&")))
    .join("\\n?");
}

/** A piece of a message without the line feeds that cut it. */
export function joined(piece: string): string {
  return piece.replaceAll("\n", "").trim();
}
