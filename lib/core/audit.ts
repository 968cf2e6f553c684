import type { Tx } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { type Actor, actorName } from "./actor.ts";

type Named = { key: string; name: string };
type Requirement = { rule: string; group: string; count: number };

/**
 * Every event there is, with the payload of each. A verb's name is a key of this map; `null` marks the
 * private writes (a person's own draft) that leave no line.
 */
export type AuditEvents = {
  "draft.save": null;
  "draft.discard": null;
  "notice.mark-read": null;
  "request.submit": {
    project: string;
    environment: string;
    kind: string;
    tables: Named[];
    rule: string;
    required: Requirement[];
  };
  "request.approve-by-rule": { rule: string };
  "request.refuse": { project: string; environment: string; rule: string; reason: string };
  "request.resubmit": { tables: Named[]; rule: string; required: Requirement[] };
  /**
   * `acknowledged`: the findings that the approver says to have seen. `usage`: what they assumed, where that is not what the
   * requester said; `monthly_usd` is the estimate by it, at the prices of that date.
   */
  "request.approve": {
    group: string;
    complete: boolean;
    acknowledged?: string[];
    usage?: object;
    monthly_usd?: number;
    prices_of?: string;
  };
  "request.reject": { group: string };
  /** By a person, for their group, or by Tablewright itself: `because` of what. */
  "request.send-back": { group: string } | { because: "guardrails" | "plan" };
  /** The outcome of a waiting request changed with the configuration; `changes`: what, in words. */
  "request.re-evaluate": {
    from: { rule: string; required: Requirement[] };
    to: { rule: string; required: Requirement[] };
    changes: string[];
  };
  /** `unprotected`: tables that stay, with their deletion protection switched off already. */
  "request.cancel": { from: string; unprotected?: string[] };
  "request.retry": { tables: string[] };
  "request.comment": Record<string, never>;
  "request.expire": { afterDays: number };
  /** `expiresAt`: ISO 8601. */
  "request.remind": { expiresAt: string };
  /** `kind` where it is not "create". */
  "request.start": { kind?: string };
  "request.complete": { tables: number; kind?: string };
  "request.fail": { failed: string[] };
  "table.create": { name: string };
  "table.activate": { name: string; unsupported: string[] };
  "table.fail": { name: string; problem: string };
  /** DeleteTable is about to go out; `table.gone` when no read shows the table any more, and whose doing that was. */
  "table.delete": { name: string };
  "table.gone": { name: string; by: "us" | "others"; another: boolean };
  "notification.resend": { channel: string };
  /** All that was given up on a channel is tried again. The channel is the subject. */
  "channel.resend": { count: number };
  /** A test message was asked for; `to`: the address, of e-mail. The channel is the subject. */
  "channel.test": { to?: string };
  "environment.check": { account: string; region: string };
  "token.create": { owner: string; name: string; scopes: string[]; expiresAt: string };
  "token.revoke": { owner: string; name: string };
  "session.revoke": { owner: string };
  /** `problem`: why there are no groups. */
  "person.sign-in": { method: string; email: string; groups: string[]; problem: string | null };
  "person.sign-out": Record<string, never>;
  "person.end-sessions": { sessions: number };
  "person.deactivate": { email: string; sessions: number; tokens: number };
  "person.reactivate": { email: string };
  "person.link": { email: string; issuer: string; subject: string };
  /** `filters`: those of the page that were set. */
  "audit.export": { as: string; filters: Record<string, string> };
};
export type AuditName = keyof AuditEvents;

/** The names that write a line; timelines switch over these. */
export type AuditedName = { [N in AuditName]: AuditEvents[N] extends null ? never : N }[AuditName];

/** `requestId` is needed where it is not the id itself; null says that there is no request (yet). */
export type AuditSubject = { id: string; requestId?: string | null; version?: number | null };

/** One line, as a command hands it over. */
export type AuditEntry<N extends AuditName = AuditName> = {
  [K in N]: { event: K; data: AuditEvents[K]; subject: AuditSubject; comment?: string | null };
}[N];

/**
 * Writes one line in the caller's transaction: it is there if and only if the change is. The table refuses
 * updates and deletes.
 */
export async function writeAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  if (entry.data === null) return;
  await tx.auditEvent.create({ data: auditRow(actor, entry, entry.data), select: { id: true } });
}

/**
 * The same as part of a larger statement: inserts the line once for each row of `source`, a query that has one row
 * if the change happened and none if not.
 */
export function insertAudit(actor: Actor, entry: AuditEntry, source: Prisma.Sql): Prisma.Sql {
  const row = auditRow(actor, entry, entry.data ?? {});
  return Prisma.sql`
    insert into audit_event
      ("actorKind", "actorId", "actorName", event, "subjectType", "subjectId", "requestId", version, comment, data)
    select ${row.actorKind}, ${row.actorId}, ${row.actorName}, ${row.event}, ${row.subjectType}, ${row.subjectId},
      ${row.requestId}::uuid, ${row.version}::int, ${row.comment}, ${JSON.stringify(row.data)}::jsonb
    from (${source}) as happened`;
}

function auditRow(actor: Actor, entry: AuditEntry, data: object) {
  const [subjectType] = entry.event.split(".") as [string];
  const { id, requestId = subjectType === "request" ? id : null } = entry.subject;
  return {
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.id : actor.job,
    actorName: actorName(actor),
    event: entry.event,
    subjectType,
    subjectId: id,
    requestId,
    version: entry.subject.version ?? null,
    comment: entry.comment ?? null,
    data,
  };
}
