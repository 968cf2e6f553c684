/** Two letters for a name or an e-mail address: "Dana" → "DA", "Pat Lee" → "PL", "noor@example.com" → "NO". */
export function initials(name: string): string {
  const words = (name.split("@")[0] ?? "").split(/[\s._-]+/).filter(Boolean);
  const [first = "?", ...rest] = words.map((word) => Array.from(word));
  const last = rest.at(-1);
  const letters = last ? [first[0], last[0]] : [...first].slice(0, 2);
  return letters.join("").toUpperCase();
}
