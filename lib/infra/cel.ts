/**
 * The rules of the configuration, in CEL (https://cel.dev).
 *
 * Two libraries were weighed. `@marcbachmann/cel-js` checks the fields of plain declared types, infers the
 * result type, caps the size of an expression and has no dependency. `@bufbuild/cel` also checks types, but
 * fields only of Protobuf messages: every spec field would need a descriptor beside the zod schema. So: cel-js.
 * Three gaps of it are closed here: `has()` of a field that does not exist is an error, not "false";
 * `matches()` runs on JavaScript's backtracking engine (CEL asks for RE2), so its pattern must be a literal that
 * cannot blow up; loops may be nested three deep at most.
 */
import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";
import { closest } from "#lib/core/spelling.ts";
import { partOf } from "#lib/infra/cel-part.ts";
import { type RuleFacts, type RuleScope, ruleFields, scopes } from "#lib/infra/cel-variables.ts";
import { patternProblem } from "#lib/infra/config-pattern.ts";

/** A checked expression; made by `compileRule`, run by `evaluateRule`. */
export type CompiledRule = { expression: string; scope: RuleScope; run: ParseResult };

/** The rule cannot be used as written; the message says why. */
export class RuleError extends Error {
  override readonly name = "RuleError";
}

const maxExpressionLength = 2000;
const maxNestedLoops = 3;
const loops = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);

const compiled = new Map<string, CompiledRule>();

/**
 * Checks an expression against the variables of its scope; the same expression is checked once.
 * Throws RuleError: not CEL, an unknown variable or field, types that do not fit, a result that is not true or
 * false, too long or too deep.
 */
export function compileRule(expression: string, scope: RuleScope): CompiledRule {
  const key = `${scope} ${expression}`;
  const known = compiled.get(key);
  if (known) return known;
  if (expression.length > maxExpressionLength) {
    throw new RuleError(`the expression is longer than ${maxExpressionLength} characters`);
  }
  const run = parsed(expression, scope);
  const hasCalls = inspect(run.ast);
  const type = checkedType(expression, scope);
  checkedType(withoutHas(expression, hasCalls), scope);
  if (type !== "bool") throw new RuleError(`the expression must be true or false, but its type is ${type}`);
  const rule: CompiledRule = { expression, scope, run };
  compiled.set(key, rule);
  return rule;
}

/**
 * Runs a rule. `tableIndex` says which of the tables `table` is (guardrails only).
 * Throws whatever went wrong at run time (an absent field, a type that does not fit); the caller fails closed.
 */
export function evaluateRule(rule: CompiledRule, facts: RuleFacts, tableIndex?: number): boolean {
  const table = tableIndex === undefined ? undefined : facts.tables[tableIndex];
  const result: unknown = rule.run(table ? { ...facts.variables, table } : facts.variables);
  if (typeof result !== "boolean") throw new RuleError("the expression did not answer true or false");
  return result;
}

/** What went wrong, in one line, without the library's drawing of the expression. */
export function ruleFailure(error: unknown): string {
  if (error instanceof Error && "summary" in error && typeof error.summary === "string") return error.summary;
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
}

/** The expression as words where it is a plain comparison, joined by "and"; other parts stay as they are written. */
export function describeRule(expression: string, scope: RuleScope): string {
  const words = (node: ASTNode): string => {
    if (node.op === "&&") return node.args.map(words).join(" and ");
    const [left, right] = node.op === "==" ? node.args : [];
    if (left?.op === "id" && right?.op === "value") return `${left.args} is ${right.args}`;
    return `\`${partOf(expression, node).replaceAll(/\s+/g, " ")}\``;
  };
  return words(compileRule(expression, scope).run.ast);
}

/** The comparisons of a variable with a text or number, all of which must hold for the expression to be true. */
export function requiredEqualities(expression: string, scope: RuleScope): { name: string; value: unknown }[] {
  const of = (node: ASTNode): { name: string; value: unknown }[] => {
    if (node.op === "&&") return node.args.flatMap(of);
    const [left, right] = node.op === "==" ? node.args : [];
    if (left?.op === "id" && right?.op === "value") return [{ name: left.args, value: right.args }];
    if (right?.op === "id" && left?.op === "value") return [{ name: right.args, value: left.args }];
    return [];
  };
  return of(compileRule(expression, scope).run.ast);
}

/** What is known of every request before there is one: where and what for. */
export type RulePlace = { environment: string; project: string; kind: string };

/**
 * Whether an expression is true or false at a place, whoever asks for whatever tables; null where that depends on them.
 * Parts that only look at the place are evaluated, the others count as unknown.
 */
export function truthAt(expression: string, scope: RuleScope): (place: RulePlace) => boolean | null {
  const of = (node: ASTNode): ((place: RulePlace) => boolean | null) => {
    if (node.op === "!_") {
      const truth = of(node.args);
      return (place) => negated(truth(place));
    }
    if (node.op === "&&" || node.op === "||") {
      const parts = node.args.map(of);
      const deciding = node.op === "||";
      return (place) => joined(parts, place, deciding);
    }
    return onlyPlace(node) ? valueAt(partOf(expression, node), scope) : () => null;
  };
  return of(compileRule(expression, scope).run.ast);
}

const negated = (truth: boolean | null) => (truth === null ? null : !truth);

/** Parts joined by `&&` are decided by one that is false, parts joined by `||` by one that is true. */
function joined(
  parts: ((place: RulePlace) => boolean | null)[],
  place: RulePlace,
  deciding: boolean,
): boolean | null {
  const truths = parts.map((part) => part(place));
  if (truths.includes(deciding)) return deciding;
  return truths.includes(null) ? null : !deciding;
}

function valueAt(part: string, scope: RuleScope): (place: RulePlace) => boolean | null {
  const run = scopes[scope].parse(part);
  return (place) => {
    try {
      const value: unknown = run(place);
      return typeof value === "boolean" ? value : null;
    } catch {
      return null;
    }
  };
}

/** Whether a part names no variable but those of the place. */
function onlyPlace(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(onlyPlace);
  if (!isNode(value)) return true;
  return value.op === "id" ? placeNames.has(value.args) : onlyPlace(value.args);
}

const placeNames = new Set<string>(["environment", "project", "kind"] satisfies (keyof RulePlace)[]);

function parsed(expression: string, scope: RuleScope): ParseResult {
  try {
    return scopes[scope].parse(expression);
  } catch (error) {
    throw new RuleError(`not a valid expression: ${ruleFailure(error)}${at(expression, error)}`);
  }
}

function checkedType(expression: string, scope: RuleScope): string {
  const { valid, type, error } = scopes[scope].check(expression);
  if (valid && type) return type;
  const reason = ruleFailure(error);
  const field = /^No such key: (\w+)$/.exec(reason)?.[1];
  if (field) throw new RuleError(unknownField(field));
  throw new RuleError(`${reason}${at(expression, error)}${hint(reason, scope)}`);
}

function unknownField(field: string): string {
  const meant = closest(field, ruleFields);
  return `there is no field "${field}"${meant ? `; did you mean "${meant}"?` : ""}`;
}

function at(expression: string, error: unknown): string {
  const range = (error as { range?: { start: number; end: number } } | undefined)?.range;
  const part = range ? expression.slice(range.start, range.end).trim() : "";
  return part ? ` (at \`${part}\`)` : "";
}

function hint(reason: string, scope: RuleScope): string {
  if (/Unknown variable: table$/.test(reason) && scope === "approval") {
    return "; an approval rule looks at all of them: use `tables`";
  }
  if (/Unknown variable/.test(reason)) {
    return `; a rule sees environment, project, kind, requester, tables${scope === "guardrail" ? ", table" : ""}`;
  }
  return /\bnull\b/.test(reason) ? "; a field that is null is absent: use has()" : "";
}

type HasCall = { start: number; end: number; argument: ASTNode };

/** Walks the tree once: counts nested loops, checks patterns, collects the has() calls in order of place. */
function inspect(ast: ASTNode): HasCall[] {
  const hasCalls: HasCall[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, depth);
    if (!isNode(value)) return;
    const call = callOf(value);
    const inner = call && loops.has(call.name) ? depth + 1 : depth;
    if (inner > maxNestedLoops) throw new RuleError(`loops are nested deeper than ${maxNestedLoops}`);
    if (call?.name === "matches") checkPattern(call.args.at(-1));
    const argument = call?.args[0];
    if (value.op === "call" && call?.name === "has" && argument) {
      hasCalls.push({ start: value.start, end: value.end, argument });
    }
    walk(value.args, inner);
  };
  walk(ast, 0);
  return hasCalls.sort((a, b) => a.start - b.start);
}

function callOf(node: ASTNode): { name: string; args: ASTNode[] } | undefined {
  if (node.op === "call") return { name: node.args[0], args: node.args[1] };
  if (node.op === "rcall") return { name: node.args[0], args: node.args[2] };
  return undefined;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

function checkPattern(pattern: ASTNode | undefined): void {
  if (pattern?.op !== "value" || typeof pattern.args !== "string") {
    throw new RuleError("matches() takes its pattern as a text in quotes, nothing computed");
  }
  const problem = patternProblem(pattern.args);
  if (problem) throw new RuleError(`matches(): ${problem}`);
}

/** The expression with every has(a.b) as a plain read of a.b, so that the checker looks at the field's name. */
function withoutHas(expression: string, hasCalls: HasCall[]): string {
  let text = "";
  let from = 0;
  for (const { start, end, argument } of hasCalls) {
    text += `${expression.slice(from, start)}(dyn(${expression.slice(argument.start, argument.end)}) != null)`;
    from = end;
  }
  return text + expression.slice(from);
}
