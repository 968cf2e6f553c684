import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Actor } from "#lib/core/actor.ts";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { maxTables, type TableSpec } from "#lib/table-spec/schema.ts";
import { assess, refuseDenied, ruleRefusal } from "./assess.ts";
import { monthlyCost, refuseUnknownUsage } from "./costs.ts";
import { isMade } from "./judge.ts";
import { canResubmit } from "./policy.ts";
import { requireKind, resubmitDecommission } from "./resubmit-decommission.ts";
import { resubmitBody } from "./schema.ts";
import { type LockedRequest, lockRequestFor, requireKnownOutcomes } from "./store.ts";
import { reserveTables } from "./submit.ts";
import { submitAgain } from "./submit-again.ts";

/**
 * Edits a waiting request, answers one that was sent back, or gives the tables that never came to exist new
 * specs. The version counts up and what was approved is void. One that asks to delete tables lists their keys.
 * Throws CONFLICT (stale version, state, taken name), INVALID (body, guardrails, a change to a table that
 * exists), FORBIDDEN, UNAVAILABLE.
 */
export const resubmitRequest = (actor: Actor, input: unknown) =>
  listsKeys(input) ? resubmitDecommission(actor, input) : resubmitCreation(actor, input);

const listsKeys = (input: unknown): boolean =>
  typeof input === "object" && input !== null && "tables" in input && Array.isArray(input.tables);

const resubmitCreation = command({
  name: "request.resubmit",
  input: resubmitBody.extend({ id: z.guid() }),
  load: (tx, input, actor) => lockRequestFor(tx, "resubmit", input, actor),
  authorize: canResubmit,
  auditRefusal: (error, _input, subject) =>
    subject === undefined ? null : ruleRefusal(error, subject, { id: subject.id, version: subject.version }),
  run: async ({ tx, actor, input, subject }) => {
    requireKind(subject, "create");
    requireKnownOutcomes(subject);
    const existing = subject.tables.filter(isMade);
    refuseChangesToExisting(existing, input.tables);
    const kept = new Set(existing.map((table) => table.key));
    // Rules look at the request as a whole, so tables that exist already are assessed along with the rest.
    const tables = {
      ...input.tables,
      ...Object.fromEntries(existing.map((table) => [table.key, table.spec as TableSpec])),
    };
    const asked = { kind: subject.kind, project: subject.project, environment: subject.environment, tables };
    const assessment = await assess(actor, asked, { exceptRequestId: subject.id, existing: kept, tx });
    refuseTooMany(tables);
    refuseDenied(assessment);

    const approved = assessment.required.length === 0;
    const now = new Date();
    await tx.table.deleteMany({ where: { requestId: subject.id, key: { notIn: [...kept] } } });
    const fresh = assessment.tables.filter((table) => !kept.has(table.key));
    await reserveTables(tx, subject, { target: assessment.target, tables: fresh }, approved ? now : null);
    const usage = usageOf(subject, input, tables);
    return submitAgain(tx, subject, assessment, {
      justification: input.justification,
      now,
      usage,
      cost: monthlyCost(assessment, usage),
    });
  },
});

/**
 * What is expected of the tables from now on: what the body says of those that it lists, and what was said before of the rest.
 * A body without `usage` says nothing new of any. Throws INVALID for figures of a table that is not asked for.
 */
function usageOf(
  { usage }: LockedRequest,
  input: Pick<z.output<typeof resubmitBody>, "tables" | "usage">,
  tables: object,
): Record<string, Usage> {
  refuseUnknownUsage(Object.keys(tables), input.usage);
  const before = Object.entries((usage ?? {}) as Record<string, Usage>).filter(
    ([key]) => Object.hasOwn(tables, key) && !(input.usage && Object.hasOwn(input.tables, key)),
  );
  return { ...Object.fromEntries(before), ...input.usage };
}

function refuseTooMany(tables: Record<string, TableSpec>): void {
  const count = Object.keys(tables).length;
  if (count <= maxTables) return;
  const message = `With the tables that exist already the request would have ${count}; it holds ${maxTables}. Leave some out`;
  throw new AppError("INVALID", message, { errors: [{ path: "/tables", message }] });
}

function refuseChangesToExisting(existing: LockedRequest["tables"], asked: Record<string, TableSpec>): void {
  for (const table of existing) {
    const spec = Object.hasOwn(asked, table.key) ? asked[table.key] : undefined;
    if (spec === undefined || isDeepStrictEqual(spec, table.spec)) continue;
    const message = `The table ${table.name} exists already and cannot be changed in this request; leave it out or as it is`;
    throw new AppError("INVALID", message, {
      errors: [{ path: jsonPointer(["tables", table.key]), message }],
    });
  }
}
