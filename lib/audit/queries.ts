import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { type Page, pageInput } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { db } from "#lib/infra/db.ts";
import { auditViews, readEvents, subjectNames } from "./event-store.ts";
import { canReadAudit } from "./policy.ts";
import {
  type AuditEventView,
  type AuditLineView,
  type AuditSealView,
  auditFilters,
  auditPageFilters,
  toAuditFilters,
} from "./schema.ts";
import { auditHead } from "./seal-store.ts";

export const auditListInput = pageInput.extend(auditFilters);

/** `GET /audit`: what was done, the last first. Throws FORBIDDEN outside the platform group, INVALID (filters, cursor). */
export const listAudit = query({
  input: auditListInput,
  run: async (actor: Actor, { limit, cursor, ...filters }): Promise<Page<AuditEventView>> => {
    requireReader(actor);
    const { rows, next } = await readEvents(filters, { cursor, limit });
    return { items: await auditViews(rows), next_cursor: next };
  },
});

export const auditPageInput = pageInput.extend(auditPageFilters);

/** The page of the audit: the same lines, with what a reader needs to know who and what they are about. Throws as `listAudit`. */
export const listAuditLines = query({
  input: auditPageInput,
  run: async (actor: Actor, { limit, cursor, ...filters }): Promise<Page<AuditLineView>> => {
    requireReader(actor);
    const { rows, next } = await readEvents(toAuditFilters(filters), { cursor, limit });
    const [views, names] = await Promise.all([auditViews(rows), subjectNames(rows)]);
    const items = views.map((view, index) => ({
      ...view,
      actor_id: view.actor === "system" ? null : rows[index]!.actorId,
      subject_name: names.get(view.subject_id) ?? null,
      request_name: (view.request_id && names.get(view.request_id)) || null,
    }));
    return { items, next_cursor: next };
  },
});

/** The last seal and when its event happened; null where nothing is sealed yet. Throws FORBIDDEN. */
export const getAuditSeal = query({
  input: pageInput.pick({}),
  run: async (actor: Actor): Promise<AuditSealView | null> => {
    requireReader(actor);
    const { seq, eventId } = await auditHead();
    const event = await db().auditEvent.findUnique({ where: { id: eventId }, select: { at: true } });
    return event && { seq: String(seq), at: event.at.toISOString() };
  },
});

function requireReader(actor: Actor): void {
  const decision = canReadAudit(actor);
  if (!decision.allowed) throw new AppError("FORBIDDEN", decision.reason);
}
