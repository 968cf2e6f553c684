import type { Actor } from "#lib/core/actor.ts";
import { AppError, type FieldError } from "#lib/core/errors.ts";
import { resolveApprovals } from "#lib/guardrails/approvals.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { type DeletionCall, planDeletion } from "#lib/provisioning/deletion-plan.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { composeTableName } from "#lib/table-spec/naming.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { TableState } from "#lib/tables/state.ts";
import type { Table } from "#prisma/generated/client.ts";
import { findEnvironment, requireProject } from "./assess.ts";
import { evidenceOf } from "./evidence.ts";
import { type Requester, ruleInput, type Target, targetIn } from "./judge.ts";
import type { Evidence, Requirement } from "./schema.ts";

/** What is asked: keys of tables of one project and environment. */
export type AskedDecommission = {
  kind: "decommission";
  project: string;
  environment: string;
  tables: readonly string[];
};

export type AssessedDecommission = {
  key: string;
  name: string;
  tableId: string;
  spec: TableSpec;
  evidence: Evidence;
  findings: Finding[];
  plan: DeletionCall[];
};

export type DecommissionAssessment = {
  target: Target;
  tables: AssessedDecommission[];
  rule: string;
  required: Requirement[];
  guardrails: Finding[];
};

type Options = { exceptRequestId?: string; tx?: Tx };

/**
 * Everything that can be said of a request to delete tables. With `tx` the tables' rows are locked until it ends, so
 * that nothing else is begun with them meanwhile. Guardrails say what tables are to be like, so none is asked here.
 * Throws NOT_FOUND (project), INVALID (environment, a key without such a table), UNAVAILABLE (an approval rule failed).
 */
export async function assessDecommission(
  actor: Actor,
  asked: AskedDecommission,
  { exceptRequestId, tx }: Options = {},
): Promise<DecommissionAssessment> {
  const requester = requireProject(actor, asked.project);
  const target = targetIn(findEnvironment(asked.environment));
  const rows = await findTables(asked, target, tx);
  const takenBy = await openDecommissions(rows, exceptRequestId, tx);
  const approvals = resolveFor(requester, asked, rows);
  const tables = rows.map((row, index): AssessedDecommission => {
    const evidence = evidenceOf(row);
    const other = takenBy.get(row.id);
    const path = jsonPointer(["tables", String(index)]);
    return {
      key: row.key,
      name: row.name,
      tableId: row.id,
      spec: row.spec as TableSpec,
      evidence,
      plan: planDeletion(row.name, { deletionProtection: evidence.deletion_protection }),
      findings: [
        ...(other === undefined ? [] : [takenFinding(row.name, other, path)]),
        ...evidenceFindings(evidence, path),
      ],
    };
  });
  return { target, tables, rule: approvals.rule, required: approvals.require, guardrails: [] };
}

function resolveFor(requester: Requester, asked: AskedDecommission, rows: readonly Table[]) {
  const tables = rows.map(({ key, name, spec }) => ({ key, name, spec: spec as TableSpec }));
  return resolveApprovals(getConfig().approvals, ruleInput(requester, asked, tables));
}

/** The table of each key, in the order asked. Throws INVALID for keys without one that may be deleted. */
async function findTables(
  { project, environment, tables: keys }: AskedDecommission,
  target: Target,
  tx?: Tx,
): Promise<Table[]> {
  const where = { project, environment, ...target, key: { in: [...keys] }, holdsName: true };
  if (tx) {
    await tx.$queryRaw`
      select id from "table" where project = ${project} and environment = ${environment}
        and key = any(${[...keys]}::text[]) and "holdsName" order by id for update`;
  }
  const held = await (tx ?? db()).table.findMany({ where: { ...where, approvedAt: { not: null } } });
  const { pattern } = getConfig().naming;
  const faults: FieldError[] = [];
  const found = keys.flatMap((key, index) => {
    const name = composeTableName(pattern, { project, environment, key });
    const row = chosen(held, key, name);
    const message = typeof row === "string" ? row : unfit(row);
    if (message === null) return [row as Table];
    faults.push({ path: jsonPointer(["tables", String(index)]), message });
    return [];
  });
  if (faults.length > 0) throw new AppError("INVALID", faults[0]!.message, { errors: faults });
  return found;
}

/** The one table that a key means, or why there is none. The naming pattern may have changed since one was made. */
function chosen(held: readonly Table[], key: string, name: string): Table | string {
  const those = held.filter((table) => table.key === key);
  if (those.length === 0)
    return `There is no table with the key ${JSON.stringify(key)} in this project and environment`;
  if (those.length === 1) return those[0]!;
  const named = those.find((table) => table.name === name);
  return (
    named ??
    `Several tables have the key ${JSON.stringify(key)}: ${those.map((table) => table.name).join(", ")}. It does not say which is meant`
  );
}

/** Only a table that is there, whose identity is recorded, and that nothing works on. */
function unfit({ name, state, identity }: Table): string | null {
  const states: TableState[] = ["active", "failed", "deleting"];
  if (identity === null) return `${name} was never made, so there is nothing to delete`;
  if (!states.includes(state as TableState)) return `${name} is ${state}; wait until it is active`;
  return null;
}

/** Tables that another request asks to delete already, with its number. */
async function openDecommissions(rows: readonly Table[], exceptRequestId?: string, tx?: Tx) {
  const open = await (tx ?? db()).decommission.findMany({
    where: {
      tableId: { in: rows.map(({ id }) => id) },
      open: true,
      ...(exceptRequestId && { requestId: { not: exceptRequestId } }),
    },
    select: { tableId: true, request: { select: { number: true } } },
  });
  return new Map(open.map(({ tableId, request }) => [tableId, request.number]));
}

/** The finding that makes a submit a CONFLICT. */
export const deletionAskedId = "deletion-asked";

function takenFinding(name: string, number: number, path: string): Finding {
  const message = `Request ${number} asks to delete ${name} already`;
  return { id: deletionAskedId, level: "deny", path, message };
}

/** What the evidence says that a person should know before it is too late. */
export function evidenceFindings(evidence: Evidence, path: string): Finding[] {
  const findings: [id: string, level: Finding["level"], message: string][] = [];
  if (evidence.observed_at === null)
    findings.push(["not-observed", "warn", "No worker has read this table yet: nobody knows what is in it"]);
  if (!evidence.point_in_time_recovery)
    findings.push([
      "no-recovery",
      "warn",
      "Point-in-time recovery is off, so AWS keeps no backup: what is deleted is gone for good",
    ]);
  if (evidence.stream_enabled)
    findings.push(["stream-readers", "warn", "A stream is on: ask whoever reads it, because it goes too"]);
  return findings.map(([id, level, message]) => ({ id, level, message, path }));
}
