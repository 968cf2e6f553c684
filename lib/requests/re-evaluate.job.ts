import type { SystemActor } from "#lib/core/actor.ts";
import { writeAudit } from "#lib/core/audit.ts";
import { inStatement, inTransaction } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { db, type Tx } from "#lib/infra/db.ts";
import { log, report } from "#lib/infra/log.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { approvalEntries, entryInTurn } from "./approval-progress.ts";
import { type Judgement, judge } from "./judge.ts";
import { changesOf, configurationFingerprint, denialWords, outcomeFields } from "./outcome.ts";
import { pinned } from "./pin.ts";
import { returnRequest } from "./return.ts";
import type { Requirement } from "./schema.ts";
import { type LockedRequest, lockRequest } from "./store.ts";

const atOnce = 100;

/**
 * Looks anew at requests that wait under another configuration than this worker's, and at those that somebody could
 * not approve because they had changed. Does nothing while another worker, started later, runs with another
 * configuration: during a roll-out the newest decides, so that requests do not go to and fro.
 */
export async function reevaluateRequests(actor: SystemActor): Promise<void> {
  const fingerprint = configurationFingerprint();
  const [newest] = await db().$queryRaw<{ configuration: string | null }[]>`
    select configuration from worker where "beatAt" > now() - interval '30 seconds'
    order by "startedAt" desc, id desc limit 1`;
  if (newest && newest.configuration !== fingerprint) return;
  const due = await db().$queryRaw<{ id: string }[]>`
    select id from request where state = 'submitted' and configuration is distinct from ${fingerprint}
    order by "updatedAt" limit ${atOnce}`;
  for (const { id } of due) await reevaluate(actor, id).catch((error) => giveUp(id, error));
}

/**
 * What nobody expected of a request is told once and not every round, and keeps no place from those behind it: nobody can
 * approve it either. After a known failure, such as a database that is away, the next round tries again.
 */
async function giveUp(id: string, error: unknown): Promise<void> {
  report(error, { request: id });
  if (error instanceof AppError) return;
  const fingerprint = configurationFingerprint();
  await inStatement(
    (database) =>
      database.$executeRaw`update request set configuration = ${fingerprint} where id = ${id}::uuid and state = 'submitted'`,
  );
}

/** Has the workers look at a request anew: its mark goes, and the next round finds it. */
export async function askForReevaluation(id: string): Promise<void> {
  await inStatement(
    (database) =>
      database.$executeRaw`update request set configuration = null where id = ${id}::uuid and state = 'submitted'`,
  );
}

async function reevaluate(actor: SystemActor, id: string): Promise<void> {
  await inTransaction(async (tx) => {
    const request = await lockRequest(tx, id, actor);
    if (request.state !== "submitted") return;
    const now = judgeOrLeave(request);
    const denial = now && denialWords(now.findings);
    if (denial) return returnRequest(tx, actor, request, { because: "guardrails", words: denial });
    const changes = now ? changesOf(request, now) : [];
    if (now && changes.length > 0) return waitWith(tx, actor, request, { now, changes });
    // Nobody did anything with the request, so the time until it expires goes on.
    await tx.$executeRaw`
      update request set configuration = ${configurationFingerprint()}, pin = ${now ? now.pin : request.pin}
      where id = ${id}::uuid`;
    if (now && request.pin === null) await keepPlans(tx, now);
  });
}

/** Null where the configuration cannot say: the request stays as it is, and cannot be approved meanwhile. */
function judgeOrLeave(request: LockedRequest): Judgement | null {
  try {
    return judge(request);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ request: request.id, reason: error.message }, "could not look at a request anew");
    return null;
  }
}

/** The version counts up, so that approvals of what was shown before do not count for what is shown now. */
async function waitWith(
  tx: Tx,
  actor: SystemActor,
  request: LockedRequest,
  { now, changes }: { now: Judgement; changes: string[] },
): Promise<void> {
  const version = request.version + 1;
  await tx.request.update({
    where: { id: request.id },
    data: { version, ...outcomeFields(now), ...listed(request, now) },
  });
  await keepPlans(tx, now);
  const before = { rule: request.rule ?? "", required: request.required as Requirement[] };
  await writeAudit(tx, actor, {
    event: "request.re-evaluate",
    data: { from: before, to: { rule: now.rule, required: now.required }, changes },
    subject: { id: request.id, version },
  });
}

/** What lists show of it: nobody has approved this version yet, and warnings of guardrails may have come or gone. */
function listed(before: LockedRequest, now: Judgement) {
  const warns = (findings: readonly Finding[]) => findings.filter(({ level }) => level === "warn").length;
  return {
    turn: entryInTurn(approvalEntries(now.required, [], 0))?.group ?? null,
    warnings: before.warnings - warns(before.findings as Finding[]) + warns(now.findings),
  };
}

async function keepPlans(tx: Tx, { kind, tables }: Judgement): Promise<void> {
  if (kind !== "create") return;
  for (const { id, plan } of tables)
    await tx.table.update({ where: { id }, data: { plan: plan.map(pinned) } });
}
