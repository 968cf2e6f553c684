import type { Outcome } from "#lib/core/command.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { Target } from "./assess.ts";
import { listColumns } from "./list-columns.ts";
import type { Requirement } from "./schema.ts";
import { approveByRule, type LockedRequest, moveRequest } from "./store.ts";

type Assessed = {
  target: Target;
  tables: readonly { key: string; name: string; findings: readonly Finding[] }[];
  rule: string;
  required: Requirement[];
};

type Rest = {
  justification: string | undefined;
  now: Date;
  /** Left out: what stands there stays. */
  usage?: Record<string, Usage>;
  monthlyCents?: number | null;
};

/**
 * Lets a request of any kind wait anew with what was just assessed: the version counts up, earlier approvals are void, and
 * a rule that asks nobody approves at once. Answers what the verb returns. Throws CONFLICT when a rival moved it first.
 */
export async function submitAgain(
  tx: Tx,
  request: LockedRequest,
  assessed: Assessed,
  { justification, now, usage, monthlyCents = null }: Rest,
): Promise<Outcome<"request.resubmit", { id: string; number: number }>> {
  const { target, tables, rule, required } = assessed;
  const version = request.version + 1;
  const approved = required.length === 0;
  await moveRequest(tx, request, "resubmit", {
    version,
    ...target,
    rule,
    required,
    ...listColumns(request.project, assessed, monthlyCents),
    ...(usage !== undefined && { usage }),
    submittedAt: now,
    approvedAt: null,
    ...(justification !== undefined && { justification }),
  });
  if (approved) await approveByRule(tx, request, now);
  const line = { id: request.id, version };
  return {
    result: { id: request.id, number: request.number },
    subject: line,
    audit: { tables: tables.map(({ key, name }) => ({ key, name })), rule, required },
    also: approved ? [{ event: "request.approve-by-rule", data: { rule }, subject: line }] : undefined,
  };
}
