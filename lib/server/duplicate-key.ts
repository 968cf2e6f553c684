/** A text with its quotes, or a character that opens, closes or separates; the rest is values and white space. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * The first key that an object of this JSON text has twice, or null. `JSON.parse` would take the last of them in
 * silence. The text must have been parsed before: it is only scanned here.
 */
export function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  let text = "";
  for (const [found] of json.matchAll(token)) {
    if (found === "{") open.push(new Set());
    else if (found === "[") open.push(null);
    else if (found === "}" || found === "]") open.pop();
    else if (found.startsWith('"')) text = found;
    else if (found === ":") {
      const key: string = JSON.parse(text);
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}
