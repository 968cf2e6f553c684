import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { query } from "#lib/core/query.ts";
import { listProjects } from "#lib/environments/queries.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { listed, visibleTo } from "./queries.ts";
import type { TableView } from "./schema.ts";
import { tableInclude, toTableView } from "./view.ts";

/** Most tables of one environment that the project's page shows; the list of tables has pages. */
const maxTables = 100;

export type ProjectPage = {
  project: string;
  /** In the configuration's order, then those that only tables still name, with how many tables each has. */
  environments: { name: string; tables: number }[];
  /** The one that is shown: the one asked for, else the first with tables. */
  environment: string;
  /** Its tables by key, but those deleted; at most 100. */
  tables: TableView[];
};

const projectInput = z.strictObject({
  project: z.string().max(255),
  /** One that the project does not have counts as not said. */
  environment: z.string().max(255).optional(),
});

/**
 * All that a project's page shows. Throws NOT_FOUND where the actor may not see the project; one that has left the
 * configuration stays readable as long as there are tables of it.
 */
export const getProjectPage = query({
  input: projectInput,
  run: async (actor: UserActor, { project, environment }): Promise<ProjectPage> => {
    const where: Prisma.TableWhereInput = {
      AND: [listed, visibleTo(actor), { project, state: { not: "deleted" } }],
    };
    const environments = await environmentsOf(where);
    const mine = (await listProjects(actor)).items.some(({ name }) => name === project);
    if (!mine && environments.every(({ tables }) => tables === 0)) {
      throw new AppError("NOT_FOUND", "There is no such project, or you may not see it.");
    }
    const shown =
      environments.find(({ name }) => name === environment) ??
      environments.find(({ tables }) => tables > 0) ??
      environments[0]!;
    const rows = await db().table.findMany({
      where: { AND: [where, { environment: shown.name }] },
      include: tableInclude,
      orderBy: [{ key: "asc" }, { name: "asc" }],
      take: maxTables,
    });
    const config = getConfig();
    return {
      project,
      environments,
      environment: shown.name,
      tables: rows.map((row) => toTableView(row, config)),
    };
  },
});

async function environmentsOf(where: Prisma.TableWhereInput): Promise<ProjectPage["environments"]> {
  const counted = await db().table.groupBy({
    by: ["environment"],
    where,
    _count: true,
    orderBy: { environment: "asc" },
  });
  const counts = new Map(counted.map(({ environment, _count }) => [environment, _count]));
  const names = new Set([...getConfig().environments.map(({ name }) => name), ...counts.keys()]);
  return [...names].map((name) => ({ name, tables: counts.get(name) ?? 0 }));
}
