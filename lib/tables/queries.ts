import * as z from "zod";
import { type Actor, seesAll } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { olderThan, type Page, pageInput, toPage } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { containsText } from "#lib/core/text-search.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { TableView } from "./schema.ts";
import { tableStates } from "./state.ts";
import { tableInclude, toTableView } from "./view.ts";

export const tableId = z.strictObject({ id: z.guid() });

/** `GET /tables/{id}`, from approval on; also where the environment has left the configuration. Throws NOT_FOUND. */
export const getTable = query({
  input: tableId,
  run: async (actor: Actor, { id }): Promise<TableView> => {
    const row = await db().table.findFirst({
      where: { AND: [{ id }, listed, visibleTo(actor)] },
      include: tableInclude,
    });
    if (!row) throw new AppError("NOT_FOUND", "There is no such table, or you may not see it.");
    return toTableView(row, getConfig());
  },
});

export const tableListInput = pageInput.extend({
  project: z.string().max(255).optional(),
  environment: z.string().max(255).optional(),
  state: z.enum(tableStates).optional(),
  q: z.string().max(200).optional(),
});

/** `GET /tables`: newest first, those the actor may see. `q` is a part of the name. */
export const listTables = query({
  input: tableListInput,
  run: async (actor: Actor, input): Promise<Page<TableView>> => {
    const text = input.q?.trim();
    const rows = await db().table.findMany({
      where: {
        AND: [
          listed,
          visibleTo(actor),
          olderThan(input.cursor),
          {
            project: input.project,
            environment: input.environment,
            state: input.state,
            ...(text && { name: containsText(text) }),
          },
        ],
      },
      include: tableInclude,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: input.limit + 1,
    });
    return toPage(rows, input.limit, (row) => toTableView(row, getConfig()));
  },
});

/** The environments to filter tables by: the configuration's, in its order, then those that only tables still name. */
export const listTableEnvironments = query({
  input: z.strictObject({}),
  run: async (actor: Actor): Promise<string[]> => {
    const configured = getConfig().environments.map(({ name }) => name);
    const left = await db().table.groupBy({
      by: ["environment"],
      where: { AND: [listed, visibleTo(actor), { environment: { notIn: configured } }] },
      orderBy: { environment: "asc" },
    });
    return [...configured, ...left.map(({ environment }) => environment)];
  },
});

/** Approved, and not given up before it came to exist; one that was deleted stays. */
export const listed: Prisma.TableWhereInput = {
  approvedAt: { not: null },
  OR: [{ holdsName: true }, { arn: { not: null } }, { state: "deleted" }],
};

export function visibleTo(actor: Actor): Prisma.TableWhereInput {
  if (actor.kind === "system" || seesAll(actor)) return {};
  return { project: { in: [...actor.projects] } };
}
