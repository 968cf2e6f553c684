import type { Finding } from "#lib/table-spec/findings.ts";
import { pointerSegments } from "#lib/table-spec/json-pointer.ts";
import { specPath } from "./faults.ts";
import type { TableForm } from "./form-values.ts";
import { type StepId, stepOf } from "./steps.ts";

const levels = ["deny", "warn", "info"];

/** Findings again, the worst first. The schema's own sort would bring the schemas into the first load. */
export function byLevelOf(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

/**
 * What was found about a table as a whole, as guardrails find it: shown beside every step, for it belongs to none.
 * Whether its name is taken is said at the name itself.
 */
export function findingsOfWhole(findings: readonly Finding[], table: Pick<TableForm, "key">): Finding[] {
  return findings.filter(({ path, id }) => {
    const [, key, ...segments] = pointerSegments(path);
    return key === table.key && segments.length === 0 && id !== "name-taken";
  });
}

/** What was found about a table's fields in one step. */
export function findingsOfStep(findings: readonly Finding[], table: TableForm, step: StepId): Finding[] {
  return findings.filter(({ path, id }) => {
    const [, key, ...segments] = pointerSegments(path);
    return key === table.key && segments.length > 0 && stepOf(specPath(segments, table.spec, id)) === step;
  });
}
