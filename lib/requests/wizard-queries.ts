import * as z from "zod";
import { type Actor, seesAll, type UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { nameScope } from "#lib/environments/target.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Cost } from "#lib/table-spec/cost.ts";
import { composeTableName, keyProblem, tableNameProblem } from "#lib/table-spec/naming.ts";
import { findNotified } from "./approvers-queries.ts";
import { assess, takenNames } from "./assess.ts";
import { assessDecommission } from "./assess-decommission.ts";
import { costsOf } from "./costs.ts";
import type { DraftContent } from "./draft-schema.ts";
import { read, requestId } from "./queries.ts";
import { type CreateBody, previewBody } from "./schema.ts";
import { shownCall } from "./shown-call.ts";
import { notFound } from "./store.ts";

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

export type WizardOptions = {
  projects: string[];
  /** `priced`: there is a price list of the Region, for an estimate of cost. */
  environments: { name: string; account: string; region: string; paused: boolean; priced: boolean }[];
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
      priced: region in config.prices,
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
