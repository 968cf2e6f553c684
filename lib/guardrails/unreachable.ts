import { type RulePlace, requiredEqualities, truthAt } from "#lib/infra/cel.ts";
import type { Config } from "#lib/infra/config.ts";

type Rules = Pick<Config, "guardrails" | "approvals" | "environments" | "projects">;

/** The rules that can never decide anything, with the reason, a sentence each; found without any request. */
export function unreachableRules(config: Rules): string[] {
  const guardrails = config.guardrails.flatMap(({ id, when }) => {
    const why =
      when === null ? null : (contradiction(when, "guardrail", config) ?? nowhere(when, "guardrail", config));
    return why === null ? [] : [`Guardrail ${id} is never asked: ${why}.`];
  });
  const approvals = config.approvals.flatMap(({ id, when }, index) => {
    const why =
      overtaken(when, config.approvals.slice(0, index)) ??
      (when === null
        ? null
        : (contradiction(when, "approval", config) ??
          nowhere(when, "approval", config) ??
          covered(when, config.approvals.slice(0, index), config)));
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
  const known: Record<string, readonly string[]> = namesIn(config);
  const seen = new Map<string, unknown>();
  for (const { name, value } of requiredEqualities(when, scope)) {
    if (seen.has(name) && seen.get(name) !== value)
      return `${name} cannot be both ${seen.get(name)} and ${value}`;
    seen.set(name, value);
    if (scope === "guardrail" && name === "kind" && value === "decommission") return notOfDeletions;
    if (known[name] && !known[name].includes(String(value))) return `there is no ${name} "${value}"`;
  }
  return null;
}

const kinds = ["create", "decommission"];
const notOfDeletions =
  "guardrails say what tables are to be like, and none is asked of a deletion; say under `approvals` who decides on it";

const namesIn = ({ environments, projects }: Rules) => ({
  environment: environments.map(({ name }) => name),
  project: Object.keys(projects),
  kind: kinds,
});

/** Every place that a request can be for. Guardrails are not asked of deletions. */
function placesOf(scope: "guardrail" | "approval", config: Rules): RulePlace[] {
  const { environment: environments, project: projects } = namesIn(config);
  return environments.flatMap((environment) =>
    projects.flatMap((project) =>
      kinds
        .filter((kind) => scope === "approval" || kind === "create")
        .map((kind) => ({ environment, project, kind })),
    ),
  );
}

/** Why a condition is false at every place there is; null where it may hold somewhere. */
function nowhere(when: string, scope: "guardrail" | "approval", config: Rules): string | null {
  const truth = truthAt(when, scope);
  if (placesOf(scope, config).some((place) => truth(place) !== false)) return null;
  const deletions =
    scope === "guardrail" && placesOf("approval", config).some((place) => truth(place) !== false);
  return deletions
    ? notOfDeletions
    : "its condition is false for every environment, project and kind that there is";
}

/** The earlier rules that certainly decide wherever this one may hold; null where something is left for it. */
function covered(when: string, earlier: Rules["approvals"], config: Rules): string | null {
  const own = truthAt(when, "approval");
  const rivals = earlier.flatMap(({ id, when: other }) =>
    other === null ? [] : [{ id, truth: truthAt(other, "approval") }],
  );
  const before = new Set<string>();
  for (const place of placesOf("approval", config)) {
    if (own(place) === false) continue;
    const rival = rivals.find(({ truth }) => truth(place) === true);
    if (!rival) return null;
    before.add(rival.id);
  }
  const ids = [...before];
  return ids.length === 1
    ? `the rule ${ids[0]} before it holds wherever this one does`
    : `one of the rules ${ids.join(", ")} before it holds wherever this one does`;
}
