import type { UserActor } from "#lib/core/actor.ts";
import type { Decision } from "#lib/core/decision.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { type DeletionCall, planDeletion } from "#lib/provisioning/deletion-plan.ts";
import { getTable, tableId } from "#lib/tables/queries.ts";
import type { TableView } from "#lib/tables/schema.ts";
import { assessDecommission } from "./assess-decommission.ts";
import { evidenceOf } from "./evidence.ts";
import { canDecommission } from "./policy.ts";
import type { Evidence, Requirement } from "./schema.ts";

export type DecommissionPage = {
  table: TableView;
  may: Decision;
  evidence: Evidence;
  plan: DeletionCall[];
  /** Whose approvals it would need; null where nobody could ask now. */
  approvals: Requirement[] | null;
};

/** All that one sees before one asks for a table's end. Throws NOT_FOUND. */
export const getDecommissionPage = query({
  input: tableId,
  run: async (actor: UserActor, { id }): Promise<DecommissionPage> => {
    const table = await getTable(actor, { id });
    const row = await db().table.findUniqueOrThrow({ where: { id } });
    const evidence = evidenceOf(row);
    const may = canDecommission(actor, table);
    const { key, name, project, environment } = table;
    const configured = project in getConfig().projects && table.environment_configured;
    const asked = { kind: "decommission", project, environment, tables: [key] } as const;
    const assessed =
      may.allowed && configured ? await assessDecommission(actor, asked).catch(() => null) : null;
    return {
      table,
      may,
      evidence,
      plan: planDeletion(name, { deletionProtection: evidence.deletion_protection }),
      approvals: assessed?.required ?? null,
    };
  },
});
