import { describeRule } from "#lib/infra/cel.ts";
import type { ApprovalRule, Config, Guardrail } from "#lib/infra/config.ts";

/** Every rule of the configuration as one plain sentence, guardrails first, each in the order of the file. */
export function explainRules(config: Pick<Config, "guardrails" | "approvals">): string[] {
  return [...config.guardrails.map(explainGuardrail), ...config.approvals.map(explainApproval)];
}

/** What a guardrail asks of a table, and what happens if it does not hold. */
export function explainGuardrail({ id, when, rule, level, message }: Guardrail): string {
  const where = when === null ? "Always" : `When ${describeRule(when, "guardrail")}`;
  const outcome = level === "deny" ? "the request is refused" : "the requester and the reviewers are warned";
  return `Guardrail ${id}: ${where}, unless ${describeRule(rule, "guardrail")}, ${outcome}: ${message}`;
}

/** Who must approve, and when the rule holds. */
export function explainApproval({ id, when, require }: ApprovalRule): string {
  const where = when === null ? "In every other case" : `When ${describeRule(when, "approval")}`;
  return `Approval ${id}: ${where}, ${approvers(require)}.`;
}

function approvers(require: ApprovalRule["require"]): string {
  if (require.length === 0) return "the request is approved at once, by this rule";
  const steps = require.map(({ group, count }) => `${count === 1 ? "one" : count} of ${group}`);
  const [only] = require;
  const singular = require.length === 1 && only?.count === 1;
  return `${steps.join(", then ")} ${singular ? "approves" : "approve"}`;
}
