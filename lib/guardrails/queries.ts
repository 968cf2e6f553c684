import type { UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { approvalSentence, guardrailSentence } from "./explain.ts";
import type { RuleSettings, RuleView } from "./schema.ts";

/** The rules in force and what they mean. They bind everybody, so everybody may read them. */
export async function getRuleSettings(_actor: UserActor): Promise<RuleSettings> {
  const { guardrails, approvals, self_approval, request_expiry_days } = getConfig();
  return {
    guardrails: guardrails.map((one) => ({
      id: one.id,
      level: one.level,
      sentence: guardrailSentence(one),
      source: [...whenOf(one.when), { key: "rule", text: one.rule }],
    })),
    approvals: approvals.map((one) => ({
      id: one.id,
      sentence: approvalSentence(one),
      source: [...whenOf(one.when), { key: "require", text: JSON.stringify(one.require) }],
    })),
    self_approval,
    request_expiry_days,
  };
}

const whenOf = (when: string | null): RuleView["source"] =>
  when === null ? [] : [{ key: "when", text: when }];
