import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { type Page, pageInput } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { sameText } from "#lib/core/text-search.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { canReadAudit } from "./policy.ts";
import { type AuditEventView, auditFilters } from "./schema.ts";

export const auditListInput = pageInput.extend(auditFilters);

/** `GET /audit`: what was done, the last first. Throws FORBIDDEN outside the platform group, INVALID (filters, cursor). */
export const listAudit = query({
  input: auditListInput,
  run: async (actor: Actor, input): Promise<Page<AuditEventView>> => {
    const decision = canReadAudit(actor);
    if (!decision.allowed) throw new AppError("FORBIDDEN", decision.reason);
    const rows = await db().auditEvent.findMany({
      where: {
        event: input.event,
        requestId: input.request_id,
        subjectId: input.subject_id,
        at: { gte: input.since, lt: input.until },
        ...(input.actor !== undefined && (await doneBy(input.actor))),
        ...(input.cursor !== undefined && { id: { lt: readCursor(input.cursor) } }),
      },
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    const shown = rows.slice(0, input.limit);
    const emails = await emailsOf(shown);
    return {
      items: shown.map((row) => toView(row, emails)),
      next_cursor:
        rows.length > shown.length ? Buffer.from(String(shown.at(-1)!.id)).toString("base64url") : null,
    };
  },
});

async function doneBy(actor: string): Promise<Prisma.AuditEventWhereInput> {
  if (actor === "system") return { actorKind: "system" };
  const person = await db().user.findFirst({
    where: { email: sameText(actor) },
    select: { id: true },
  });
  return { actorKind: "user", actorId: person?.id ?? "" };
}

type Row = Prisma.AuditEventGetPayload<object>;

async function emailsOf(rows: readonly Row[]): Promise<Map<string, string>> {
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.actorId))] } },
    select: { id: true, email: true },
  });
  return new Map(people.map(({ id, email }) => [id, email]));
}

function toView(row: Row, emails: ReadonlyMap<string, string>): AuditEventView {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actor: row.actorKind === "user" ? (emails.get(row.actorId) ?? row.actorName) : "system",
    actor_name: row.actorName,
    event: row.event,
    subject_type: row.subjectType,
    subject_id: row.subjectId,
    request_id: row.requestId,
    version: row.version,
    comment: row.comment,
    data: row.data as Record<string, unknown>,
  };
}

/** Lines are numbered, and Postgres' numbers end at 2⁶³ − 1. */
function readCursor(cursor: string): bigint {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
  throw new AppError("INVALID", "This cursor is not one of ours; start again without it.", {
    errors: [{ path: "/cursor", message: "Not a cursor that a list answered" }],
  });
}
