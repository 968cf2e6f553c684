import { AppError } from "#lib/core/errors.ts";
import { compileRule, evaluateRule, ruleFailure } from "#lib/infra/cel.ts";
import { type RuleInput, ruleFacts } from "#lib/infra/cel-variables.ts";
import type { ApprovalRule } from "#lib/infra/config.ts";

/** Who must approve, in this order; an empty `require` is approved by the rule. */
export type RequiredApprovals = { rule: string; require: { rule: string; group: string; count: number }[] };

/**
 * The first approval rule that holds for a request decides who must approve it.
 * Throws UNAVAILABLE, naming the rule, where a `when` fails to run or no rule holds: a rule that cannot be
 * answered never lets a request pass, nor hands it to a later, perhaps weaker rule.
 */
export function resolveApprovals(rules: readonly ApprovalRule[], input: RuleInput): RequiredApprovals {
  const facts = ruleFacts(input);
  for (const { id, when, require } of rules) {
    if (when === null || holds(id, when)) {
      return { rule: id, require: require.map(({ group, count }) => ({ rule: id, group, count })) };
    }
  }
  throw unanswered("default", "no rule holds for this request");

  function holds(id: string, when: string): boolean {
    try {
      return evaluateRule(compileRule(when, "approval"), facts);
    } catch (error) {
      throw unanswered(id, ruleFailure(error), error);
    }
  }
}

function unanswered(id: string, reason: string, cause?: unknown): AppError {
  const message = `The approval rule "${id}" could not be evaluated (${reason}). Nothing was submitted. Tell the platform team; the rule needs a correction.`;
  const errors = [{ path: "", message, id }];
  return new AppError("UNAVAILABLE", message, { errors, retryAfterSeconds: 60, cause });
}
