import * as z from "zod";
import type { UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import type { CheckFinding, EnvironmentCheckView, EnvironmentView } from "./schema.ts";

export type EnvironmentSettings = {
  environments: EnvironmentView[];
  naming: { pattern: string; key: string };
  /** On every table everywhere. */
  tags: Record<string, string>;
};

/** The configuration in force: where tables are made and what they are called, with the newest checks. No secrets. */
export const getEnvironmentSettings = query({
  input: z.strictObject({}),
  run: async (_actor: UserActor): Promise<EnvironmentSettings> => {
    const { environments, naming, tags } = getConfig();
    const checks = await newestChecks();
    return {
      environments: environments.map((one) => ({
        name: one.name,
        account: one.account,
        region: one.region,
        endpoint: one.endpoint === "sandbox" ? (env.sandboxUrl ?? "sandbox") : one.endpoint,
        role_arn: one.role_arn,
        has_external_id: one.external_id !== null,
        paused: one.paused,
        tags: one.tags,
        check: checks.get(one.name) ?? null,
      })),
      naming,
      tags,
    };
  },
});

/** Of each environment the open check, else the last that ended. */
async function newestChecks(): Promise<Map<string, EnvironmentCheckView>> {
  const rows = await db().environmentCheck.findMany({
    distinct: ["environment"],
    orderBy: [{ environment: "asc" }, { askedAt: "desc" }],
  });
  return new Map(
    rows.map((row) => [
      row.environment,
      {
        asked_by: row.askedByName,
        asked_at: row.askedAt.toISOString(),
        ended_at: row.endedAt?.toISOString() ?? null,
        findings: row.findings as CheckFinding[],
      },
    ]),
  );
}
