import type { Actor } from "#lib/core/actor.ts";
import { AppError, type FieldError } from "#lib/core/errors.ts";
import { nameScope } from "#lib/environments/target.ts";
import { resolveApprovals } from "#lib/guardrails/approvals.ts";
import { evaluateGuardrails } from "#lib/guardrails/evaluate.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import { advise } from "#lib/table-spec/advice.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { composeTableName, keyProblem, tableNameProblem } from "#lib/table-spec/naming.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { composeTags, tagProblems } from "#lib/table-spec/tags.ts";
import { canAsk } from "./policy.ts";
import type { Requirement } from "./schema.ts";

/** What is asked, with every field filled in. */
export type Asked = { kind: string; project: string; environment: string; tables: Record<string, TableSpec> };

export type AssessedTable = {
  key: string;
  name: string;
  spec: TableSpec;
  findings: Finding[];
  plan: PlannedCall[];
};

export type Target = { endpoint: string; account: string; region: string };

export type Assessment = {
  target: Target;
  tables: AssessedTable[];
  rule: string;
  required: Requirement[];
};

/** Stands in the plan for the id that each table gets at submit. */
const idPlaceholder = "assigned at submit";

/**
 * Everything that can be said of a request before it is stored: names, findings (advice, guardrails, taken
 * names), plans and the approvals it needs. Preview shows it and submit obeys it.
 * `exceptRequestId`: names that this request holds itself are not "taken".
 * Throws NOT_FOUND (project not to be seen), INVALID (environment, keys, names, tags), UNAVAILABLE (an
 * approval rule that failed).
 */
export async function assess(
  actor: Actor,
  asked: Asked,
  exceptRequestId?: string,
  tx?: Tx,
): Promise<Assessment> {
  const config = getConfig();
  if (!(asked.project in config.projects) || !canAsk(actor, asked.project).allowed) {
    throw new AppError(
      "NOT_FOUND",
      `There is no project "${asked.project}", or you may not ask for tables in it.`,
      {
        errors: [{ path: "/project", message: "No project of yours" }],
      },
    );
  }
  const environment = config.environments.find((one) => one.name === asked.environment);
  if (!environment) {
    const known = config.environments.map((one) => one.name).join(", ");
    const message = `There is no environment "${asked.environment}"; choose one of ${known}`;
    throw new AppError("INVALID", message, { errors: [{ path: "/environment", message }] });
  }
  const named = Object.entries(asked.tables).map(([key, spec]) => ({
    key,
    spec,
    name: composeTableName(config.naming.pattern, {
      project: asked.project,
      environment: asked.environment,
      key,
    }),
    tags: composeTags({
      spec,
      configTags: config.tags,
      environmentTags: environment.tags,
      project: asked.project,
      environment: asked.environment,
      name: composeTableName(config.naming.pattern, {
        project: asked.project,
        environment: asked.environment,
        key,
      }),
      tableId: idPlaceholder,
    }),
  }));
  const faults = named.flatMap((table) => nameFaults(table, config.naming.key));
  if (faults.length > 0) {
    throw new AppError("INVALID", faults[0]!.message, { errors: faults });
  }

  const target = {
    endpoint: nameScope(environment),
    account: environment.account,
    region: environment.region,
  };
  const names = named.map((table) => table.name);
  const taken = await takenNames(target, names, exceptRequestId, tx);
  const context = {
    environment: asked.environment,
    project: asked.project,
    kind: asked.kind,
    requester: {
      email: actor.kind === "user" ? actor.email : "",
      groups: actor.kind === "user" ? [...actor.groups] : [],
    },
    tables: named.map(({ key, name, spec }) => ({ key, name, spec })),
  };
  const guardrails = evaluateGuardrails(config.guardrails, context);
  const approvals = resolveApprovals(config.approvals, context);
  const tables = named.map(({ key, name, spec, tags }) => ({
    key,
    name,
    spec,
    plan: plan({ name, spec, tags, unsupported: [] }, { exists: false }),
    findings: [
      ...(taken.has(name) ? [takenFinding(key, name)] : []),
      ...guardrails.filter((finding) => finding.path === jsonPointer(["tables", key])),
      ...advise(key, spec, { environment: asked.environment }),
    ],
  }));
  return { target, tables, rule: approvals.rule, required: approvals.require };
}

/** Which of these names are held by a request or a living table, in one scope. */
export async function takenNames(
  target: Target,
  names: string[],
  exceptRequestId?: string,
  tx?: Tx,
): Promise<Set<string>> {
  const held = await (tx ?? db()).table.findMany({
    where: {
      ...target,
      name: { in: names },
      holdsName: true,
      ...(exceptRequestId && { requestId: { not: exceptRequestId } }),
    },
    select: { name: true },
  });
  return new Set(held.map((table) => table.name));
}

/** Refuses what a preview would show as a deny: CONFLICT for a taken name, INVALID for a guardrail. */
export function refuseDenied(assessment: Assessment): void {
  const denied = assessment.tables.flatMap((table) =>
    table.findings.filter((finding) => finding.level === "deny"),
  );
  const [first] = denied;
  if (!first) return;
  const errors = denied.map(({ path, message, id }) => ({ path, message, id }));
  const taken = denied.find((finding) => finding.id === takenId);
  throw taken
    ? new AppError("CONFLICT", taken.message, { errors })
    : new AppError("INVALID", first.message, { errors });
}

const takenId = "name-taken";

function takenFinding(key: string, name: string): Finding {
  return {
    id: takenId,
    level: "deny",
    path: jsonPointer(["tables", key]),
    message: `The name ${name} is taken by another request or table; choose another key`,
  };
}

function nameFaults(
  table: { key: string; name: string; tags: Record<string, string> },
  keyPattern: string,
): FieldError[] {
  const path = jsonPointer(["tables", table.key]);
  const problems = [
    keyProblem(table.key, keyPattern),
    tableNameProblem(table.name),
    ...tagProblems(table.tags),
  ];
  return problems.filter((problem) => problem !== null).map((message) => ({ path, message }));
}
