import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { allow, deny } from "#lib/core/decision.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/infra/db.ts";
import { type Assessment, assess, refuseDenied, ruleRefusal } from "./assess.ts";
import { assessDecommission, deletionAskedId } from "./assess-decommission.ts";
import { monthlyCost, noMonthlyCost } from "./costs.ts";
import { openDecommissions } from "./decommission.ts";
import { listColumns } from "./list-columns.ts";
import { outcomeFields } from "./outcome.ts";
import { pinned } from "./pin.ts";
import { requestBody } from "./schema.ts";
import { approveByRule, lockRequest, moveRequest, noDraft, requireState } from "./store.ts";

/** The API's body as it is, and the draft it comes from if the wizard made one. */
export const submitInput = z
  .strictObject({ draft_id: z.guid().nullable().default(null), body: requestBody })
  .refine(({ draft_id, body }) => draft_id === null || body.kind === "create", {
    path: ["draft_id"],
    message: "Only requests to make tables come from drafts",
  });

/**
 * Asks for tables, or for the end of some: reserves their names (or the tables), resolves the approvals, and approves at once when the rule requires
 * nobody. A draft is submitted once; the second try gets a conflict.
 * Throws NOT_FOUND (project), INVALID (body, guardrails), CONFLICT (a name is taken, a table is to be deleted already), UNAVAILABLE (an
 * approval rule failed; audited).
 */
export const submitRequest = command({
  name: "request.submit",
  input: submitInput,
  load: async (tx, input, actor) => {
    const draft = input.draft_id ? await lockRequest(tx, input.draft_id, actor) : null;
    if (draft) requireState(draft, "submit");
    const { body } = input;
    const assessed =
      body.kind === "create"
        ? ({ kind: "create", ...(await assess(actor, body, { tx })) } as const)
        : ({ kind: "decommission", ...(await assessDecommission(actor, body, { tx })) } as const);
    return { draft, assessed };
  },
  authorize: (actor) => (actor.kind === "user" ? allow : deny("Only a person can ask for tables")),
  // Without a draft there is no request that the line could belong to.
  auditRefusal: (error, { body, draft_id }) =>
    ruleRefusal(error, body, { id: draft_id ?? "new", requestId: draft_id }),
  run: async ({ tx, actor, input, subject: { draft, assessed: assessment } }) => {
    refuseDenied(assessment, assessment.kind === "create" ? undefined : deletionAskedId);
    const { body } = input;
    const approved = assessment.required.length === 0;
    const now = new Date();
    const data = {
      version: 1,
      kind: body.kind,
      project: body.project,
      environment: body.environment,
      justification: body.justification,
      usage: body.kind === "create" ? body.usage : undefined,
      ...assessment.target,
      ...outcomeFields({ ...assessment, kind: body.kind, findings: assessment.guardrails }),
      ...listColumns(
        body.project,
        assessment,
        assessment.kind === "create" && body.kind === "create"
          ? monthlyCost(assessment, body.usage)
          : noMonthlyCost,
      ),
      submittedAt: now,
    };
    const requesterId = actor.kind === "user" ? actor.id : "";
    if (draft) await moveRequest(tx, draft, "submit", { ...data, draft: noDraft, createdAt: now });
    const request =
      draft ?? (await tx.request.create({ data: { ...data, state: "submitted", requesterId } }));
    if (assessment.kind === "create")
      await reserveTables(tx, { ...body, id: request.id }, assessment, approved ? now : null);
    else await openDecommissions(tx, request.id, assessment.tables);
    if (approved) await approveByRule(tx, request, now);

    const line = { id: request.id, version: 1 };
    return {
      result: { id: request.id, number: request.number },
      subject: line,
      audit: {
        project: body.project,
        environment: body.environment,
        kind: body.kind,
        tables: assessment.tables.map(({ key, name }) => ({ key, name })),
        rule: assessment.rule,
        required: assessment.required,
      },
      also: approved
        ? [{ event: "request.approve-by-rule", data: { rule: assessment.rule }, subject: line }]
        : undefined,
    };
  },
});

/**
 * Writes the rows that hold the names. The database refuses a second holder of one name, whatever the check
 * before said; that is a CONFLICT.
 */
export async function reserveTables(
  tx: Tx,
  request: { id: string; project: string; environment: string },
  assessment: Pick<Assessment, "tables" | "target">,
  approvedAt: Date | null,
): Promise<void> {
  try {
    await tx.table.createMany({
      data: assessment.tables.map(({ key, name, spec, plan }) => ({
        requestId: request.id,
        key,
        name,
        project: request.project,
        environment: request.environment,
        ...assessment.target,
        spec,
        plan: plan.map(pinned),
        approvedAt,
      })),
    });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "P2002") throw error;
    throw new AppError(
      "CONFLICT",
      "One of the names was taken at this very moment. Look at the names again.",
      {
        errors: [{ path: "/tables", message: "A name was taken at this very moment", id: "name-taken" }],
        cause: error,
      },
    );
  }
}
