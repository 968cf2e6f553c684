import { type Actor, actorName } from "#lib/core/actor.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { CheckFinding } from "./schema.ts";

/** A worker that took a check up and did not end it within this time is taken for dead. */
const claimSeconds = 60;

/** A check that a worker has taken up; `attempt` is the fence. */
export type ClaimedCheck = { id: string; environment: string; claimedAt: Date; email: string | null };

/** Writes down that a check is wanted; false where one of this environment is open. */
export async function openCheck(tx: Tx, actor: Actor, environment: string): Promise<boolean> {
  const askedById = actor.kind === "user" ? actor.id : actor.job;
  const rows = await tx.environmentCheck.createManyAndReturn({
    data: { environment, askedById, askedByName: actorName(actor) },
    skipDuplicates: true,
    select: { id: true },
  });
  return rows.length > 0;
}

/** Takes up every open check that nobody is at. */
export function claimChecks(): Promise<ClaimedCheck[]> {
  return db().$queryRaw<ClaimedCheck[]>`
    update environment_check c set "claimedAt" = now()
    where id in (
      select id from environment_check
      where "endedAt" is null
        and ("claimedAt" is null or "claimedAt" < now() - make_interval(secs => ${claimSeconds}::int))
      for update skip locked)
    returning id, environment, "claimedAt", (select email from "user" u where u.id = c."askedById") as email`;
}

/** Ends a check with what was found, if the claim still holds, and forgets the ones before it. */
export async function endCheck(claim: ClaimedCheck, findings: CheckFinding[]): Promise<void> {
  await db().$executeRaw(Prisma.sql`
    with ended as (
      update environment_check set "endedAt" = now(), findings = ${JSON.stringify(findings)}::jsonb
      where id = ${claim.id}::uuid and "endedAt" is null and "claimedAt" = ${claim.claimedAt}
      returning id, environment)
    delete from environment_check c using ended
    where c.environment = ended.environment and c.id <> ended.id and c."endedAt" is not null`);
}
