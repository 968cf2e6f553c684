/** DynamoDB's limit for a table's name, in characters. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const maxTableNameLength = 255;

/** What a table's name is made of. */
export type NameParts = { project: string; environment: string; key: string };

/** Replaces `{project}`, `{environment}` and `{key}` in the pattern, once each time they occur; a value is never read as a pattern. */
export function composeTableName(pattern: string, parts: NameParts): string {
  return pattern.replace(/\{(project|environment|key)\}/g, (_, part: keyof NameParts) => parts[part]);
}

/** Why DynamoDB would refuse a table of this name, or null: 3 to 255 of `[a-zA-Z0-9_.-]`. */
export function tableNameProblem(name: string): string | null {
  const shown = JSON.stringify(clipped(name));
  if (name.length < 3) return `The table name ${shown} is too short: DynamoDB wants at least 3 characters.`;
  if (name.length > maxTableNameLength)
    return `The table name ${shown} has ${name.length} characters: DynamoDB allows ${maxTableNameLength}. Shorten the key.`;
  if (!/^[a-zA-Z0-9_.-]*$/.test(name))
    return `The table name ${shown} may hold only a-z, A-Z, 0-9, "_", "-" and ".". Choose another key.`;
  return null;
}

/**
 * Why a table may not be called by this key, or null. `keyPattern` is the regular expression of the platform's file;
 * a key over 255 characters is refused before the expression sees it. Throws SyntaxError for a bad expression.
 */
export function keyProblem(key: string, keyPattern: string): string | null {
  const shown = JSON.stringify(clipped(key));
  if (key.length > maxTableNameLength)
    return `The key ${shown} has ${key.length} characters: a name may have ${maxTableNameLength}. Shorten it.`;
  if (!new RegExp(keyPattern, "u").test(key))
    return `The key ${shown} is not allowed: a key must match ${keyPattern}. Choose another one.`;
  if (key === "__proto__") return 'The key "__proto__" is not possible. Choose another one.';
  return null;
}

const clipped = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
