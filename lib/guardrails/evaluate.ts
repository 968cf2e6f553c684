import { compileRule, evaluateRule, ruleFailure } from "#lib/infra/cel.ts";
import { type RuleFacts, type RuleInput, ruleFacts } from "#lib/infra/cel-variables.ts";
import type { Guardrail } from "#lib/infra/config.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";

/**
 * Runs every guardrail over every table of a request. A guardrail whose `when` is false says nothing; one whose
 * `rule` is false gives a finding at `/tables/<key>`; one that fails to run denies, whatever its level.
 * Findings come table by table, in the order of the file. `existing`: keys of tables that are there already, as of a request
 * that failed half-way; a rule that came later cannot keep them from being made, so what would deny warns.
 */
export function evaluateGuardrails(
  guardrails: readonly Guardrail[],
  input: RuleInput,
  existing: ReadonlySet<string> = new Set(),
): Finding[] {
  const facts = ruleFacts(input);
  return input.tables.flatMap(({ key }, index) =>
    guardrails.flatMap((guardrail) => {
      const outcome = guardrailOutcome(guardrail, facts, index);
      if (!outcome) return [];
      const level = existing.has(key) ? "warn" : outcome.level;
      return [{ id: guardrail.id, ...outcome, level, path: jsonPointer(["tables", key]) }];
    }),
  );
}

function guardrailOutcome(
  { id, when, rule, level, message }: Guardrail,
  facts: RuleFacts,
  tableIndex: number,
): Pick<Finding, "level" | "message"> | null {
  try {
    const holds = (expression: string) =>
      evaluateRule(compileRule(expression, "guardrail"), facts, tableIndex);
    if ((when !== null && !holds(when)) || holds(rule)) return null;
    return { level, message };
  } catch (error) {
    const problem = `The guardrail "${id}" could not be evaluated for this table (${ruleFailure(error)})`;
    return { level: "deny", message: `${problem}. Tell the platform team; the rule needs a correction.` };
  }
}
