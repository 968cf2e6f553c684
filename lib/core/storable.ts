import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { AppError } from "./errors.ts";

const maxDepth = 40;

/**
 * Refuses the two kinds of text that Postgres cannot keep: the character U+0000 and halves of surrogate pairs,
 * wherever they hide, object keys included; and the key `__proto__`, which maps would lose in silence. Without
 * recursion, so that deep nesting does no harm.
 */
export function requireStorable(root: unknown): void {
  const open: { value: unknown; path: (string | number)[] }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "string") requireStorableText(value, path);
    if (typeof value !== "object" || value === null) continue;
    if (path.length > maxDepth) throw refusal("The body is nested too deeply.", []);
    for (const [key, child] of Object.entries(value)) {
      requireStorableText(key, path);
      if (key === "__proto__")
        throw refusal('"__proto__" cannot be a name here; choose another', [...path, key]);
      open.push({ value: child, path: [...path, key] });
    }
  }
}

function requireStorableText(text: string, path: (string | number)[]): void {
  if (!text.includes("\0") && text.isWellFormed()) return;
  throw refusal(
    "Contains the character U+0000 or half of a surrogate pair, which cannot be stored; remove it",
    path,
  );
}

function refusal(message: string, path: (string | number)[]): AppError {
  return new AppError("INVALID", message, { errors: [{ path: jsonPointer(path), message }] });
}
