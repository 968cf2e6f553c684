import { AppError } from "#lib/core/errors.ts";
import { nameScope } from "#lib/environments/target.ts";
import { type RequiredApprovals, resolveApprovals } from "#lib/guardrails/approvals.ts";
import { evaluateGuardrails } from "#lib/guardrails/evaluate.ts";
import { ruleFailure } from "#lib/infra/cel.ts";
import type { RuleInput } from "#lib/infra/cel-variables.ts";
import { type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import type { ApprovedCall } from "#lib/provisioning/course.ts";
import { planDeletion } from "#lib/provisioning/deletion-plan.ts";
import { plan } from "#lib/provisioning/plan.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import { type Pinned, pinOf } from "./pin.ts";
import type { Requirement } from "./schema.ts";

/** Stands in a plan for the id that each table gets at submit. */
export const idPlaceholder = "assigned at submit";

export type Target = { endpoint: string; account: string; region: string };

/** Who asks, as rules see it. */
export type Requester = { email: string; groups: readonly string[] };

type Place = { kind: string; project: string; environment: string };

/** The scope of names in an environment. */
export function targetIn(environment: EnvironmentConfig): Target {
  const { account, region } = environment;
  return { endpoint: nameScope(environment), account, region };
}

/** What rules see of a request. Tables come by key, whatever the order in which they were asked for. */
export function ruleInput(requester: Requester, place: Place, tables: RuleInput["tables"]): RuleInput {
  const { environment, project, kind } = place;
  return {
    environment,
    project,
    kind,
    requester: { email: requester.email, groups: requester.groups },
    tables: tables
      .map(({ key, name, spec }) => ({ key, name, spec }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

/** The calls that make a table, with all the tags that the configuration gives it now. */
export function creationPlan(
  { project, environment }: Pick<Place, "project" | "environment">,
  settings: EnvironmentConfig,
  { name, spec }: { name: string; spec: TableSpec },
) {
  const tags = composeTags({
    spec,
    configTags: getConfig().tags,
    environmentTags: settings.tags,
    project,
    environment,
    name,
    tableId: idPlaceholder,
  });
  return plan({ name, spec, tags, unsupported: [] }, { exists: false });
}

/** A request as it waits, with what an approval of it would be given to now. */
export type Judgement = Omit<Pinned, "tables" | "required"> & {
  pin: string;
  tables: JudgedTable[];
  required: Requirement[];
};
type JudgedTable = { id: string; key: string; name: string; spec: TableSpec; plan: ApprovedCall[] };

type StoredTable = { id: string; key: string; name: string; spec: unknown };

/** Whether a table of a request is there already: it was made, and the request failed or was sent back after that. */
export const isMade = ({ identity, arn }: { identity: unknown; arn: string | null }): boolean =>
  identity !== null || arn !== null;

/** As much of a request's row as is judged. */
type Stored = Place & {
  number: number;
  endpoint: string | null;
  account: string | null;
  region: string | null;
  requester: Requester;
  tables: readonly (StoredTable & Parameters<typeof isMade>[0])[];
  decommissions: readonly { state: string; unprotect: boolean; table: StoredTable }[];
  rule: string | null;
  required: readonly Requirement[];
};

/**
 * What the configuration in force says of a request that is stored: rule, approvals, guardrails, planned calls. Where
 * the rules of now would ask nobody, the request keeps the approvals it waits for: people were asked, so people answer.
 * Throws UNAVAILABLE, with the reason, where it cannot be said.
 */
export function judge(request: Stored): Judgement {
  const settings = environmentNow(request);
  const tables = plannedTables(request, settings);
  const resolved = approvalsNow(request, tables);
  const asks = resolved.require.length > 0;
  const judged = {
    kind: request.kind,
    target: targetIn(settings),
    rule: asks ? resolved.rule : (request.rule ?? resolved.rule),
    required: asks ? resolved.require : [...request.required],
    tables,
    findings: guardrailsNow(request, tables),
  };
  return { ...judged, pin: pinOf(judged) };
}

/** The same without the approvals, for a request that has got them. Throws as `judge` does. */
export function judgeWork(request: Stored): Pick<Judgement, "tables" | "findings"> {
  const tables = plannedTables(request, environmentNow(request));
  return { tables, findings: guardrailsNow(request, tables) };
}

/** Guardrails say what tables are to be like, so none is asked where tables go. */
function guardrailsNow(request: Stored, tables: JudgedTable[]): Finding[] {
  if (request.kind !== "create") return [];
  const existing = new Set(request.tables.filter(isMade).map(({ key }) => key));
  return evaluateGuardrails(getConfig().guardrails, ruleInput(request.requester, request, tables), existing);
}

function approvalsNow(request: Stored, tables: JudgedTable[]): RequiredApprovals {
  try {
    return resolveApprovals(getConfig().approvals, ruleInput(request.requester, request, tables));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const why = `the approval rule "${error.errors[0]?.id}" could not be evaluated (${ruleFailure(error.cause)})`;
    throw cannotSay(request, why, error);
  }
}

function plannedTables(request: Stored, settings: EnvironmentConfig): JudgedTable[] {
  if (request.kind === "decommission") {
    const asked = request.decommissions.filter(({ state }) => state !== "deleted");
    return asked.map(({ table: { id, key, name, spec }, unprotect }) => ({
      id,
      key,
      name,
      spec: spec as TableSpec,
      plan: planDeletion(name, { deletionProtection: unprotect }),
    }));
  }
  return request.tables.map((table) => {
    const { id, key, name } = table;
    const spec = table.spec as TableSpec;
    return { id, key, name, spec, plan: creationPlan(request, settings, { name, spec }) };
  });
}

/** A request keeps the target it was submitted for; nothing is approved for another. */
function environmentNow(request: Stored): EnvironmentConfig {
  const settings = getConfig().environments.find((one) => one.name === request.environment);
  if (!settings) {
    const why = `the environment ${request.environment} is not in the configuration any more`;
    throw cannotSay(request, why);
  }
  const words = ({ endpoint, account, region }: { [K in keyof Target]: string | null }) =>
    `${endpoint}, account ${account}, region ${region}`;
  const now = words(targetIn(settings));
  if (words(request) !== now) {
    throw cannotSay(request, `it was submitted for ${words(request)}, and the configuration says ${now} now`);
  }
  return settings;
}

function cannotSay({ number }: { number: number }, why: string, cause?: AppError): AppError {
  const message = `Request ${number} cannot be approved now: ${why}. Nothing was approved. Tell the platform team; the configuration needs a correction.`;
  const errors = (cause?.errors ?? []).map((one) => ({ ...one, message }));
  return new AppError("UNAVAILABLE", message, { retryAfterSeconds: 60, errors, cause });
}
