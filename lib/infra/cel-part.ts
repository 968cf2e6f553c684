import type { ASTNode } from "@marcbachmann/cel-js";

/** Parentheses, and what may hold some that are none: texts and comments. */
const tokens =
  /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|[()]/g;

/**
 * A part of an expression as it is written. The places of a node leave out the parentheses around its first and last
 * operands (`a) == (b`); those are put back, so that the part means what it does in the whole.
 */
export function partOf(expression: string, { start, end }: Pick<ASTNode, "start" | "end">): string {
  const part = expression.slice(start, end);
  let depth = 0;
  let missing = 0;
  for (const [token] of part.matchAll(tokens)) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    missing = Math.max(missing, -depth);
  }
  return "(".repeat(missing) + part + ")".repeat(missing + depth);
}
