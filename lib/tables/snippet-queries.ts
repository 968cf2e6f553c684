import * as z from "zod";
import { type Actor, seesAll } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { type Config, getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import type { SnippetTable } from "#lib/snippets/snippet.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { listed, visibleTo } from "./queries.ts";
import type { TableState } from "./state.ts";
import { readObserved } from "./view.ts";

/** Most tables that one answer holds code for. */
const maxTables = 1_000;

const selections = "table_ids, request_id, or project and environment";

/** Which tables code is wanted for: exactly one of the three ways. */
export const selectionFields = {
  table_ids: z.array(z.guid().toLowerCase()).min(1).max(100).optional(),
  request_id: z.guid().optional(),
  project: z.string().max(255).optional(),
  environment: z.string().max(255).optional(),
};
export type Selection = z.output<z.ZodObject<typeof selectionFields>>;

/** What is wrong with a selection, or null. */
export function selectionProblem({ table_ids, request_id, project, environment }: Selection): string | null {
  const ways = [table_ids, request_id, project ?? environment].filter((way) => way !== undefined);
  if (ways.length === 1 && (project === undefined) === (environment === undefined)) return null;
  return `Say which tables by one of ${selections}.`;
}

/** A table as emitters see it, and whether it is (or will be) there to be named by its ARN. `ttlStatus` as last seen. */
export type SelectedTable = SnippetTable & { id: string; state: TableState; ttlStatus: string | null };

/**
 * The tables of a selection that the actor may see: those with the ids in the order given, those of a request, or those
 * of a project in an environment that are approved and not deleted, by key.
 * Throws NOT_FOUND (an id, the request, the project or the environment), INVALID (too many).
 */
export async function selectTables(actor: Actor, selection: Selection): Promise<SelectedTable[]> {
  const rows = await db().table.findMany({
    where: { AND: [visibleTo(actor), whereOf(selection)] },
    orderBy: [{ key: "asc" }, { name: "asc" }],
    take: maxTables + 1,
  });
  if (rows.length > maxTables) {
    throw new AppError("INVALID", `These are more than ${maxTables} tables. Choose fewer, by table_ids.`);
  }
  requireFound(actor, selection, rows);
  const place = ({ id }: { id: string }) => selection.table_ids?.indexOf(id) ?? 0;
  const sorted = rows.toSorted((a, b) => place(a) - place(b));
  return sorted.map((row) => toSnippetTable(row, getConfig()));
}

function whereOf({ table_ids, request_id, project, environment }: Selection): Prisma.TableWhereInput {
  if (table_ids) return { AND: [listed, { id: { in: table_ids } }] };
  if (request_id) return { requestId: request_id };
  return { AND: [listed, { project, environment, state: { not: "deleted" } }] };
}

function requireFound(actor: Actor, selection: Selection, rows: readonly { id: string }[]): void {
  const { table_ids, request_id, project = "", environment = "" } = selection;
  if (table_ids) {
    const found = new Set(rows.map(({ id }) => id));
    const errors = table_ids.flatMap((id, at) =>
      found.has(id) ? [] : [{ path: `/table_ids/${at}`, message: "No such table, or you may not see it" }],
    );
    if (errors.length === 0) return;
    throw new AppError("NOT_FOUND", "There is no such table, or you may not see it.", { errors });
  }
  if (rows.length > 0) return;
  if (request_id) throw new AppError("NOT_FOUND", "There is no such request, or you may not see it.");
  const { projects, environments } = getConfig();
  const seen = actor.kind === "system" || seesAll(actor) || actor.projects.includes(project);
  if (!seen || !Object.hasOwn(projects, project)) {
    throw new AppError("NOT_FOUND", "There is no such project, or you may not see it.");
  }
  if (!environments.some(({ name }) => name === environment)) {
    throw new AppError("NOT_FOUND", `There is no environment "${environment}".`);
  }
}

type Row = Prisma.TableGetPayload<object>;

/**
 * The spec as approved, the rest as observed. Tags are those on the table once they were read: what is found there and
 * left out of a file would be taken off by whoever applies it.
 */
function toSnippetTable(row: Row, config: Pick<Config, "environments" | "tags">): SelectedTable {
  const spec = row.spec as TableSpec;
  const live = readObserved(row.observed);
  const found = Object.entries(live?.tags ?? {}).filter(([key]) => !key.startsWith("aws:"));
  return {
    id: row.id,
    state: row.state as TableState,
    key: row.key,
    name: row.name,
    project: row.project,
    environment: row.environment,
    account: row.account,
    region: row.region,
    endpoint: endpointOf(row.endpoint),
    spec,
    tags: found.length > 0 ? Object.fromEntries(found) : composedTags(row, spec, config),
    arn: row.arn,
    streamArn: row.streamArn,
    kmsKeyArn: live?.encryption.kmsKeyArn ?? null,
    unsupported: row.unsupported,
    ttlStatus: live?.ttl?.status ?? null,
  };
}

/** Where calls go. While no sandbox runs its tables still have an address that is not AWS. */
function endpointOf(scope: string): string | null {
  if (scope === "sandbox") return env.sandboxUrl ?? "http://no-sandbox-runs.invalid";
  return scope === "aws" ? null : scope;
}

function composedTags(row: Row, spec: TableSpec, config: Pick<Config, "environments" | "tags">) {
  return composeTags({
    spec,
    configTags: config.tags,
    environmentTags: config.environments.find(({ name }) => name === row.environment)?.tags ?? {},
    project: row.project,
    environment: row.environment,
    name: row.name,
    tableId: row.id,
  });
}
