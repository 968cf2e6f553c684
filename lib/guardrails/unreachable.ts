import { requiredEqualities } from "#lib/infra/cel.ts";
import type { Config } from "#lib/infra/config.ts";

type Rules = Pick<Config, "guardrails" | "approvals" | "environments" | "projects">;

/** The rules that can never decide anything, with the reason, a sentence each; found without any request. */
export function unreachableRules(config: Rules): string[] {
  const guardrails = config.guardrails.flatMap(({ id, when }) => {
    const why = when === null ? null : contradiction(when, "guardrail", config);
    return why === null ? [] : [`Guardrail ${id} is never asked: ${why}.`];
  });
  const approvals = config.approvals.flatMap(({ id, when }, index) => {
    const why =
      overtaken(when, config.approvals.slice(0, index)) ??
      (when === null ? null : contradiction(when, "approval", config));
    return why === null ? [] : [`Approval ${id} is never reached: ${why}.`];
  });
  return [...guardrails, ...approvals];
}

const sameWords = (when: string) => when.replaceAll(/\s+/g, " ").trim();

/** An earlier rule that holds whenever this one does: always, or under the very same condition. */
function overtaken(when: string | null, earlier: Rules["approvals"]): string | null {
  for (const { id, when: other } of earlier) {
    if (other === null || sameWords(other) === "true")
      return `the rule ${id} before it holds for every request`;
    if (when !== null && sameWords(other) === sameWords(when))
      return `the rule ${id} before it has the same condition`;
  }
  return null;
}

/** Why the parts of a condition that must all hold never do; null where that cannot be said. */
function contradiction(when: string, scope: "guardrail" | "approval", config: Rules): string | null {
  if (sameWords(when) === "false") return "its condition is false";
  const known: Record<string, readonly string[]> = {
    environment: config.environments.map(({ name }) => name),
    project: Object.keys(config.projects),
    kind: ["create", "decommission"],
  };
  const seen = new Map<string, unknown>();
  for (const { name, value } of requiredEqualities(when, scope)) {
    if (seen.has(name) && seen.get(name) !== value)
      return `${name} cannot be both ${seen.get(name)} and ${value}`;
    seen.set(name, value);
    if (known[name] && !known[name].includes(String(value))) return `there is no ${name} "${value}"`;
  }
  return null;
}
