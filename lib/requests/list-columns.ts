import type { Finding } from "#lib/table-spec/findings.ts";
import { approvalEntries, entryInTurn } from "./approval-progress.ts";
import type { MonthlyCost } from "./costs.ts";
import type { Requirement } from "./schema.ts";

type Assessed = {
  tables: readonly { name: string; findings: readonly Finding[] }[];
  required: readonly Requirement[];
};

/** What lists of requests are sorted and searched by, of a request that begins to wait: nobody has approved it yet. */
export function listColumns(project: string, { tables, required }: Assessed, cost: MonthlyCost) {
  const findings = tables.flatMap((table) => table.findings);
  return {
    turn: entryInTurn(approvalEntries(required, [], 0))?.group ?? null,
    warnings: findings.filter(({ level }) => level === "warn").length,
    ...cost,
    searchText: [project, ...tables.map(({ name }) => name)].join(" ").toLowerCase(),
  };
}
