import * as z from "zod";
import { type Actor, seesAll, type UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { nameScope } from "#lib/environments/target.ts";
import { getConfig } from "#lib/infra/config.ts";
import { type DeletionCall, planDeletion } from "#lib/provisioning/deletion-plan.ts";
import type { PlannedCall } from "#lib/provisioning/plan.ts";
import { effectOf, type PlanEffect } from "#lib/provisioning/plan-effect.ts";
import type { Cost } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { composeTableName, keyProblem, tableNameProblem } from "#lib/table-spec/naming.ts";
import { type ApprovalProgress, approvalProgress, findNotified } from "./approvers-queries.ts";
import { assess, examine, takenNames } from "./assess.ts";
import { assessDecommission, evidenceFindings } from "./assess-decommission.ts";
import { costsOf } from "./costs.ts";
import type { DraftContent } from "./draft-schema.ts";
import { evidenceOf } from "./evidence.ts";
import {
  type AccountTables,
  findAccountTables,
  findOthersWaiting,
  type OtherRequest,
} from "./evidence-queries.ts";
import { type PinnedPage, pinnedForPage } from "./pinned-queries.ts";
import { type May, mayOf, read, requestId } from "./queries.ts";
import { type CreateBody, type Evidence, previewBody, type RequestView } from "./schema.ts";
import { notFound } from "./store.ts";
import type { RequestRow } from "./view.ts";

/** `POST /requests/preview`: names, findings, plans and approvals. Stores nothing. Throws as `assess` does. */
export const previewRequest = query({
  input: previewBody,
  run: async (actor: UserActor, body) => {
    const { tables, required, costs } =
      body.kind === "create"
        ? await assessWithCosts(actor, body)
        : { ...(await assessDecommission(actor, body)), costs: new Map<string, Cost | null>() };
    return {
      tables: tables.map(({ key, name, findings, plan }) => ({
        key,
        name,
        findings,
        plan: plan.map(shownCall),
        cost: costs.get(key) ?? null,
      })),
      approvals: required,
      notifies: await findNotified(actor, required),
    };
  },
});

async function assessWithCosts(actor: UserActor, body: Omit<CreateBody, "justification">) {
  const assessment = await assess(actor, body);
  return { ...assessment, costs: costsOf(assessment, body.usage) };
}

export type ShownCall = { call: string; input: Record<string, unknown>; summary: string; effect: PlanEffect };

const shownCall = (planned: PlannedCall | DeletionCall): ShownCall => ({
  call: planned.call,
  input: { ...planned.input },
  summary: planned.summary,
  effect: effectOf(planned),
});

export type RequestPage = PinnedPage & {
  request: RequestView;
  may: May;
  approvals: ApprovalProgress[];
  plans: Record<string, ShownCall[]>;
  findings: Finding[];
  /** When it expires unless somebody does something (ISO 8601); null: it waits for nobody. */
  expires_at: string | null;
  /** The environment is paused, or no longer in the configuration: nothing of it runs. */
  paused: boolean;
  environment_configured: boolean;
  /** The approval rule that decided. */
  rule: string | null;
  /** What it was submitted for; `endpoint` is "aws", "sandbox" or the address of an emulator. Null for a draft. */
  target: { endpoint: string; account: string; region: string; tables: AccountTables | null } | null;
  /** What else of its project waits for approval, the newest few. */
  others: OtherRequest[];
};

/** All that the request's page shows. Throws NOT_FOUND. */
export const getRequestPage = query({
  input: requestId,
  run: async (actor: Actor, { id }): Promise<RequestPage> => {
    const { row, subject, view } = await read(actor, id);
    const environment = getConfig().environments.find((one) => one.name === row.environment);
    const assessed = await examineForPage(row, view);
    return {
      request: view,
      may: mayOf(actor, subject),
      approvals: await approvalProgress(subject, view),
      plans: assessed.plans,
      findings: assessed.findings,
      expires_at: expiryOf(row),
      paused: environment?.paused ?? false,
      environment_configured: environment !== undefined,
      rule: row.rule,
      ...pinnedForPage(row),
      target: await targetOf(row),
      others: await findOthersWaiting(actor, row),
    };
  },
});

function expiryOf({ state, updatedAt }: RequestRow): string | null {
  if (state !== "submitted" && state !== "sent_back") return null;
  return new Date(updatedAt.getTime() + getConfig().request_expiry_days * 86_400_000).toISOString();
}

async function targetOf({ endpoint, account, region }: RequestRow): Promise<RequestPage["target"]> {
  if (!endpoint || !account || !region) return null;
  const target = { endpoint, account, region };
  return { ...target, tables: await findAccountTables(target) };
}

/** Plans and findings as of now; empty once the configuration no longer lets them be worked out. */
async function examineForPage(
  { requester, decommissions }: RequestRow,
  view: RequestView,
): Promise<Pick<RequestPage, "plans" | "findings">> {
  if (view.kind === "decommission") return decommissionForPage(decommissions);
  const tables = Object.fromEntries(view.tables.map((table) => [table.key, table.spec]));
  const asked = { kind: view.kind, project: view.project, environment: view.environment, tables };
  try {
    const assessment = await examine(requester, asked, { exceptRequestId: view.id });
    return {
      plans: Object.fromEntries(assessment.tables.map((table) => [table.key, table.plan.map(shownCall)])),
      findings: assessment.tables.flatMap((table) => table.findings),
    };
  } catch {
    return { plans: {}, findings: [] };
  }
}

/** The plan as it was approved, whatever protection the table has now; findings as of now, or as of the end. */
function decommissionForPage(asked: RequestRow["decommissions"]): Pick<RequestPage, "plans" | "findings"> {
  const plans = asked.map(({ table, unprotect }) => [
    table.key,
    planDeletion(table.name, { deletionProtection: unprotect }).map(shownCall),
  ]);
  return {
    plans: Object.fromEntries(plans),
    findings: asked.flatMap(({ table, evidence }) =>
      evidenceFindings(
        table.state === "deleted" ? (evidence as Evidence) : evidenceOf(table),
        jsonPointer(["tables", table.key]),
      ),
    ),
  };
}

export type WizardOptions = {
  projects: string[];
  environments: { name: string; account: string; region: string; paused: boolean }[];
  naming: { pattern: string; key: string };
};

/** What the wizard offers this person: the projects they may ask in. */
export async function getWizardOptions(actor: UserActor): Promise<WizardOptions> {
  const config = getConfig();
  const all = Object.keys(config.projects);
  return {
    projects: actor.auditor
      ? []
      : actor.platform
        ? all
        : all.filter((project) => actor.projects.includes(project)),
    environments: config.environments.map(({ name, account, region, paused }) => ({
      name,
      account,
      region,
      paused,
    })),
    naming: config.naming,
  };
}

/** A draft of this person. Throws NOT_FOUND, also once it was submitted. */
export const getDraft = query({
  input: requestId,
  run: async (actor: Actor, { id }) => {
    const { row } = await read(actor, id);
    if (row.state !== "draft") throw notFound();
    return {
      id: row.id,
      number: row.number,
      content: row.draft as unknown as DraftContent,
      saved_at: row.updatedAt.toISOString(),
    };
  },
});

const nameInput = z.strictObject({
  project: z.string().max(255),
  environment: z.string().max(255),
  key: z.string().max(300),
  /** A request whose own names do not count as taken. */
  request: z.guid().optional(),
});

/** Whether the name a key would get is free in Tablewright, and what is wrong with it if not. */
export const checkName = query({
  input: nameInput,
  run: async (actor: UserActor, { project, environment, key, request }) => {
    const { naming, environments, projects } = getConfig();
    const target = environments.find((one) => one.name === environment);
    const mine = project in projects && (seesAll(actor) || actor.projects.includes(project));
    if (!target || !mine) throw notFound();
    const name = composeTableName(naming.pattern, { project, environment, key });
    const problem = keyProblem(key, naming.key) ?? tableNameProblem(name);
    if (problem) return { name, free: false, problem };
    const { account, region } = target;
    const taken = await takenNames({ endpoint: nameScope(target), account, region }, [name], request);
    return { name, free: !taken.has(name), problem: taken.has(name) ? `The name ${name} is taken` : null };
  },
});

/** `GET /requests/{id}/outputs`: the module's four outputs, of the tables that became active. Throws NOT_FOUND. */
export const getOutputs = query({
  input: requestId,
  run: async (actor: Actor, { id }) => {
    const { row } = await read(actor, id);
    const active = row.tables.flatMap((table) =>
      table.arn && table.state === "active" ? [{ ...table, arn: table.arn }] : [],
    );
    const by = <T>(value: (table: (typeof active)[number]) => T) =>
      Object.fromEntries(active.map((table) => [table.key, value(table)]));
    return {
      table_names: by((table) => table.name),
      table_arns: by((table) => table.arn),
      table_stream_arns: by((table) => table.streamArn),
      tables: by((table) => ({ name: table.name, arn: table.arn, stream_arn: table.streamArn })),
    };
  },
});
