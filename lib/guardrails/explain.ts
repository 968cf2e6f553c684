import { describeRule } from "#lib/infra/cel.ts";
import type { ApprovalRule, Config, Guardrail } from "#lib/infra/config.ts";

/** Every rule of the configuration as one plain sentence, guardrails first, each in the order of the file. */
export function explainRules(config: Pick<Config, "guardrails" | "approvals">): string[] {
  return [...config.guardrails.map(explainGuardrail), ...config.approvals.map(explainApproval)];
}

/** What a guardrail asks of a table, and what happens if it does not hold. */
export function explainGuardrail(guardrail: Guardrail): string {
  return `Guardrail ${guardrail.id}: ${guardrailSentence(guardrail)}`;
}

/** The same without the rule's name. */
export function guardrailSentence({ when, rule, level, message }: Omit<Guardrail, "id">): string {
  const where = when === null ? "Always" : `When ${describeRule(when, "guardrail")}`;
  const outcome = level === "deny" ? "the request is refused" : "the requester and the reviewers are warned";
  return `${where}, unless ${describeRule(rule, "guardrail")}, ${outcome}: ${message}`;
}

/** Who must approve, and when the rule holds. */
export function explainApproval(rule: ApprovalRule): string {
  return `Approval ${rule.id}: ${approvalSentence(rule)}`;
}

/** The same without the rule's name. */
export function approvalSentence({ when, require }: Omit<ApprovalRule, "id">): string {
  const where = when === null ? "In every other case" : `When ${describeRule(when, "approval")}`;
  return `${where}, ${approvers(require)}.`;
}

function approvers(require: ApprovalRule["require"]): string {
  if (require.length === 0) return "the request is approved at once, by this rule";
  const steps = require.map(({ group, count }) => `${count === 1 ? "one" : count} of ${group}`);
  const [only] = require;
  const singular = require.length === 1 && only?.count === 1;
  return `${steps.join(", then ")} ${singular ? "approves" : "approve"}`;
}
