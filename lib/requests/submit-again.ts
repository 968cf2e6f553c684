import type { Outcome } from "#lib/core/command.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { type MonthlyCost, noMonthlyCost } from "./costs.ts";
import type { Target } from "./judge.ts";
import { listColumns } from "./list-columns.ts";
import { outcomeFields } from "./outcome.ts";
import { canonicalJson, type PinnedCall, pinned } from "./pin.ts";
import type { Requirement } from "./schema.ts";
import { approveByRule, type LockedRequest, moveRequest } from "./store.ts";

type Assessed = {
  target: Target;
  tables: readonly {
    key: string;
    name: string;
    spec: object;
    plan: readonly PinnedCall[];
    findings: readonly Finding[];
  }[];
  rule: string;
  required: Requirement[];
  guardrails: readonly Finding[];
};

type Rest = {
  justification: string | undefined;
  now: Date;
  /** Left out: what stands there stays. */
  usage?: Record<string, Usage>;
  cost?: MonthlyCost;
};

/**
 * Lets a request of any kind wait anew with what was just assessed: the version counts up, earlier approvals are void, and
 * a rule that asks nobody approves at once. Answers what the verb returns. Throws CONFLICT when a rival moved it first.
 */
export async function submitAgain(
  tx: Tx,
  request: LockedRequest,
  assessed: Assessed,
  { justification, now, usage, cost = noMonthlyCost }: Rest,
): Promise<Outcome<"request.resubmit", { id: string; number: number }>> {
  const { target, tables, rule, required } = assessed;
  const version = request.version + 1;
  const approved = required.length === 0;
  await moveRequest(tx, request, "resubmit", {
    version,
    ...target,
    ...outcomeFields({ ...assessed, kind: request.kind, findings: assessed.guardrails }),
    ...listColumns(request.project, assessed, cost),
    ...(usage !== undefined && { usage }),
    submittedAt: now,
    approvedAt: null,
    ...(justification !== undefined && { justification }),
  });
  if (request.kind === "create") await keepPlans(tx, request.tables, tables);
  if (approved) await approveByRule(tx, request, now);
  const line = { id: request.id, version };
  return {
    result: { id: request.id, number: request.number },
    subject: line,
    audit: { tables: tables.map(({ key, name }) => ({ key, name })), rule, required },
    also: approved ? [{ event: "request.approve-by-rule", data: { rule }, subject: line }] : undefined,
  };
}

/** Tables that exist already are kept; they get the plan that is approved now, if it is another. */
async function keepPlans(tx: Tx, kept: LockedRequest["tables"], assessed: Assessed["tables"]): Promise<void> {
  for (const { id, key, plan: before } of kept) {
    const plan = assessed.find((one) => one.key === key)?.plan.map(pinned);
    if (!plan || canonicalJson(plan) === canonicalJson(before)) continue;
    await tx.table.updateMany({ where: { id }, data: { plan } });
  }
}
