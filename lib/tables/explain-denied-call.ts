import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import { parseDeniedCall } from "#lib/snippets/denied-call.ts";
import { type DeniedAnswer, deniedAnswer, notUnderstood } from "#lib/snippets/denied-call-answer.ts";
import type { DeniedResource } from "#lib/snippets/denied-call-arn.ts";
import { explainDeniedCall } from "#lib/snippets/denied-call-verdict.ts";
import { listed, visibleTo } from "./queries.ts";
import { type SelectedTable, selectTables } from "./snippet-queries.ts";

/** Longer than what is read, so that too long a paste gets its answer in words. */
const mostCharacters = 200_000;

const input = z.strictObject({
  message: z.string().max(mostCharacters),
  /** The table whose page the person is on. */
  table_id: z.guid().optional(),
  /** The project whose page the person is on. */
  project: z.string().max(255).optional(),
});

/**
 * Says which policy grants a denied call, or why none does. Tables that the actor may not see are answered as tables
 * that are not here. Throws NOT_FOUND (`table_id`), INVALID.
 */
export const explainDenial = query({
  input,
  run: async (actor: UserActor, { message, table_id, project }): Promise<DeniedAnswer> => {
    const given = table_id ? (await selectTables(actor, { table_ids: [table_id] }))[0]! : null;
    const parsed = parseDeniedCall(message);
    if (!parsed.understood) return notUnderstood(parsed.problem);
    const { call } = parsed;
    const { named, namesake } = await tablesNamed(actor, call.resource, given);
    const other = given ?? namesake ?? (await tableOfKey(actor, project, call.resource));
    return deniedAnswer(call, explainDeniedCall(call, { named, given: other }));
  },
});

/**
 * Tables of that name: the one in the account and Region of the message, where what the message hides may be anything
 * and `given` goes before others; if there is none, one that is somewhere else.
 */
async function tablesNamed(
  actor: UserActor,
  resource: DeniedResource | null,
  given: SelectedTable | null,
): Promise<{ named: SelectedTable | null; namesake: SelectedTable | null }> {
  if (!resource?.table) return { named: null, namesake: null };
  const { table: name, account, region } = resource;
  const rows = await db().table.findMany({
    where: { AND: [listed, visibleTo(actor), { name }] },
    orderBy: [{ holdsName: "desc" }, { createdAt: "desc" }, { id: "desc" }],
    select: { id: true, account: true, region: true },
    take: 100,
  });
  const there = rows.filter(
    (row) => (account ?? row.account) === row.account && (region ?? row.region) === row.region,
  );
  if (given && there.some(({ id }) => id === given.id)) return { named: given, namesake: null };
  const [found = rows[0]] = there;
  if (!found) return { named: null, namesake: null };
  const [table = null] = await selectTables(actor, { table_ids: [found.id] });
  return there.length > 0 ? { named: table, namesake: null } : { named: null, namesake: table };
}

/** The first table of the project that is encrypted with the customer key in the message. */
async function tableOfKey(
  actor: UserActor,
  project: string | undefined,
  resource: DeniedResource | null,
): Promise<SelectedTable | null> {
  if (!project || !resource?.kmsKeyArn) return null;
  const row = await db().table.findFirst({
    where: {
      AND: [
        listed,
        visibleTo(actor),
        { project, observed: { path: ["encryption", "kmsKeyArn"], equals: resource.kmsKeyArn } },
      ],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return row ? (await selectTables(actor, { table_ids: [row.id] }))[0]! : null;
}
