import type { Actor, UserActor } from "#lib/core/actor.ts";
import type { AuditEntry, AuditSubject } from "#lib/core/audit.ts";
import { AppError, type FieldError } from "#lib/core/errors.ts";
import { resolveApprovals } from "#lib/guardrails/approvals.ts";
import { evaluateGuardrails } from "#lib/guardrails/evaluate.ts";
import { type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import type { PlannedCall } from "#lib/provisioning/plan.ts";
import { advise } from "#lib/table-spec/advice.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { composeTableName, keyProblem, tableNameProblem } from "#lib/table-spec/naming.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { composeTags, tagProblems } from "#lib/table-spec/tags.ts";
import { findForeignNames } from "./evidence-queries.ts";
import { creationPlan, idPlaceholder, type Requester, ruleInput, type Target, targetIn } from "./judge.ts";
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

export type Assessment = {
  target: Target;
  tables: AssessedTable[];
  rule: string;
  required: Requirement[];
  /** What the guardrails say; also among the findings of the tables. */
  guardrails: Finding[];
};

type Options = {
  /** Names that this request holds itself are not "taken". */
  exceptRequestId?: string;
  /** Keys of its tables that are there already: guardrails warn of them and deny nothing. */
  existing?: ReadonlySet<string>;
  tx?: Tx;
};

/**
 * As `examine`, for somebody who is about to ask. Preview shows what it says and submit obeys it.
 * Throws NOT_FOUND (project not to be seen), FORBIDDEN (an auditor), and as `examine` does.
 */
export async function assess(actor: Actor, asked: Asked, options: Options = {}): Promise<Assessment> {
  return examine(requireProject(actor, asked.project), asked, options);
}

/** The person, if they may ask in this project. Throws NOT_FOUND, and FORBIDDEN for an auditor, who sees the project. */
export function requireProject(actor: Actor, project: string): UserActor {
  if (actor.kind !== "user" || !(project in getConfig().projects)) throw noProject(project);
  const decision = canAsk(actor, project);
  // Auditors see the project, so they are told why; to the rest it is not there.
  if (!decision.allowed && actor.auditor) throw new AppError("FORBIDDEN", decision.reason);
  if (!decision.allowed) throw noProject(project);
  return actor;
}

function noProject(name: string): AppError {
  const message = `There is no project "${name}", or you may not ask for tables in it.`;
  return new AppError("NOT_FOUND", message, {
    errors: [{ path: "/project", message: "No project of yours" }],
  });
}

/**
 * Everything that can be said of a request: names, findings (advice, guardrails, taken names), plans and the
 * approvals it needs. Whoever looks at it, the rules see the person who asks for it.
 * Throws INVALID (environment, keys, names, tags), UNAVAILABLE (an approval rule that failed).
 */
export async function examine(
  requester: Requester,
  asked: Asked,
  { exceptRequestId, existing, tx }: Options = {},
): Promise<Assessment> {
  const config = getConfig();
  const environment = findEnvironment(asked.environment);
  const named = nameTables(asked, environment);
  const target = targetIn(environment);
  const names = named.map((table) => table.name);
  const taken = await takenNames(target, names, exceptRequestId, tx);
  const inAccount = await findForeignNames(target, names, tx);
  const context = ruleInput(requester, asked, named);
  const guardrails = evaluateGuardrails(config.guardrails, context, existing);
  const approvals = resolveApprovals(config.approvals, context);
  const tables = named.map(({ key, name, spec }) => ({
    key,
    name,
    spec,
    plan: creationPlan(asked, environment, { name, spec }),
    findings: [
      ...(taken.has(name) ? [takenFinding(key, name)] : []),
      ...(inAccount.has(name) ? [foreignFinding(key, name)] : []),
      ...guardrails.filter((finding) => finding.path === jsonPointer(["tables", key])),
      ...advise(key, spec, { environment: asked.environment, region: environment.region }),
    ],
  }));
  return { target, tables, rule: approvals.rule, required: approvals.require, guardrails };
}

/** Throws INVALID where the configuration has none of this name. */
export function findEnvironment(name: string): EnvironmentConfig {
  const { environments } = getConfig();
  const environment = environments.find((one) => one.name === name);
  if (environment) return environment;
  const message = `There is no environment "${name}"; choose one of ${environments.map((one) => one.name).join(", ")}`;
  throw new AppError("INVALID", message, { errors: [{ path: "/environment", message }] });
}

/** Every table with its name and tags. Throws INVALID for those that no table could have. */
function nameTables({ project, environment, tables }: Asked, target: EnvironmentConfig) {
  const config = getConfig();
  const named = Object.entries(tables).map(([key, spec]) => {
    const name = composeTableName(config.naming.pattern, { project, environment, key });
    const tags = composeTags({
      spec,
      configTags: config.tags,
      environmentTags: target.tags,
      project,
      environment,
      name,
      tableId: idPlaceholder,
    });
    return { key, spec, name, tags };
  });
  const faults = named.flatMap((table) => nameFaults(table, config.naming.key));
  if (faults.length > 0) throw new AppError("INVALID", faults[0]!.message, { errors: faults });
  return named;
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

/**
 * Refuses what a preview would show as a deny: CONFLICT for a taken name, or a table that another request asks to
 * delete (`conflictId`), INVALID for a guardrail.
 */
export function refuseDenied(
  assessment: { tables: readonly { findings: Finding[] }[] },
  conflictId = takenId,
): void {
  const denied = assessment.tables.flatMap((table) =>
    table.findings.filter((finding) => finding.level === "deny"),
  );
  const [first] = denied;
  if (!first) return;
  const errors = denied.map(({ path, message, id }) => ({ path, message, id }));
  const taken = denied.find((finding) => finding.id === conflictId);
  throw taken
    ? new AppError("CONFLICT", taken.message, { errors })
    : new AppError("INVALID", first.message, { errors });
}

/** The line that an approval rule which failed to run leaves, though nothing was submitted; null for other refusals. */
export function ruleRefusal(
  error: AppError,
  { project, environment }: Pick<Asked, "project" | "environment">,
  subject: AuditSubject,
): AuditEntry | null {
  const rule = error.errors[0]?.id;
  if (error.code !== "UNAVAILABLE" || rule === undefined) return null;
  return {
    event: "request.refuse",
    data: { project, environment, rule, reason: error.message },
    subject,
  };
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

/** A warning and no denial: the list may be minutes old, and the table gone by now. */
function foreignFinding(key: string, name: string): Finding {
  return {
    id: "name-in-account",
    level: "warn",
    path: jsonPointer(["tables", key]),
    message: `A table ${name} that is not Tablewright's was in the account when workers last looked. Unless it is gone, creating this one will be refused; choose another key.`,
  };
}

/** A name that cannot be is the one fault worth telling of; the tags hold it too. */
function nameFaults(
  table: { key: string; name: string; tags: Record<string, string> },
  keyPattern: string,
): FieldError[] {
  const path = jsonPointer(["tables", table.key]);
  const badName = keyProblem(table.key, keyPattern) ?? tableNameProblem(table.name);
  const problems = badName === null ? tagProblems(table.tags) : [badName];
  return problems.map((message) => ({ path, message }));
}
