import type { Finding } from "#lib/table-spec/findings.ts";
import { pointerSegments } from "#lib/table-spec/json-pointer.ts";

/** Most tables that are named with a finding. */
const keysShown = 3;

export type FindingGroup = Pick<Finding, "id" | "level" | "message"> & {
  /** The keys of its tables in words: "events", "events and users", "a, b, c and 97 more". */
  where: string;
};

/** Findings that say the same of several tables, once each, in their order. Paths are pointers `/tables/<key>…`. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, { finding: Finding; keys: Set<string> }>();
  for (const finding of findings) {
    const same = JSON.stringify([finding.id, finding.level, finding.message]);
    const group = groups.get(same) ?? { finding, keys: new Set() };
    group.keys.add(pointerSegments(finding.path)[1] ?? "the request");
    groups.set(same, group);
  }
  return [...groups.values()].map(({ finding: { id, level, message }, keys }) => ({
    id,
    level,
    message,
    where: keyWords([...keys]),
  }));
}

function keyWords(keys: readonly string[]): string {
  const rest = keys.length - keysShown;
  const shown = rest > 1 ? [...keys.slice(0, keysShown), `${rest} more`] : keys;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
