import * as z from "zod";
import { type Actor, seesAll } from "#lib/core/actor.ts";
import type { Decision } from "#lib/core/decision.ts";
import { deny } from "#lib/core/decision.ts";
import { olderThan, type Page, pageInput, toPage } from "#lib/core/keyset.ts";
import { query } from "#lib/core/query.ts";
import { containsText, holdsText } from "#lib/core/text-search.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import {
  canCancelOrRetry,
  canComment,
  canResubmit,
  canSee,
  mayDecideNow,
  type RequestSubject,
  stateProblem,
} from "./policy.ts";
import type { RequestView } from "./schema.ts";
import { type RequestEvent, requestStates } from "./state.ts";
import { notFound } from "./store.ts";
import { type EventRow, type RequestRow, requestInclude, subjectOf, toRequestView } from "./view.ts";

export const requestId = z.strictObject({ id: z.guid() });

/** `GET /requests/{id}`. Throws NOT_FOUND when it is absent or not to be seen. */
export const getRequest = query({
  input: requestId,
  run: async (actor: Actor, { id }) => (await read(actor, id)).view,
});

export const requestListInput = pageInput.extend({
  state: z.enum(requestStates).optional(),
  project: z.string().max(255).optional(),
  environment: z.string().max(255).optional(),
  q: z.string().max(200).optional(),
  /** Only what this person asked for. */
  mine: z.stringbool().optional(),
});

/** `GET /requests`: newest first, those the actor may see. `q` is part of a table's name, a person's name, a project, or a number. */
export const listRequests = query({
  input: requestListInput,
  run: async (actor: Actor, input): Promise<Page<RequestView>> => {
    const where: Prisma.RequestWhereInput = {
      AND: [
        visibleTo(actor),
        olderThan(input.cursor),
        searchFor(input.q),
        {
          state: input.state,
          project: input.project,
          environment: input.environment,
          ...(input.mine && actor.kind === "user" && { requesterId: actor.id }),
        },
      ],
    };
    return readPage(where, input.limit);
  },
});

export type May = Record<
  "approve" | "reject" | "send_back" | "cancel" | "retry" | "resubmit" | "comment",
  Decision
>;

/** What this actor may do with the request now; every denial carries its reason. */
export function mayOf(actor: Actor, subject: RequestSubject): May {
  const inState = (event: RequestEvent, decision: Decision): Decision => {
    const problem = stateProblem(subject.state, event);
    return problem ? deny(problem) : decision;
  };
  const decide = mayDecideNow(actor, subject);
  return {
    approve: decide,
    reject: decide,
    send_back: decide,
    cancel: inState("cancel", canCancelOrRetry(actor, subject)),
    retry: inState("retry", canCancelOrRetry(actor, subject)),
    resubmit: inState("resubmit", canResubmit(actor, subject)),
    comment: canComment(actor, subject),
  };
}

/** The row and the view of one request. Throws NOT_FOUND. */
export async function read(
  actor: Actor,
  id: string,
): Promise<{ row: RequestRow; subject: RequestSubject; view: RequestView }> {
  const row = await db().request.findUnique({ where: { id }, include: requestInclude });
  if (!row) throw notFound();
  const subject = subjectOf(row, getConfig().self_approval);
  if (!canSee(actor, subject)) throw notFound();
  const events = await eventsOf([id]);
  return { row, subject, view: toRequestView(row, events.get(id) ?? []) };
}

async function readPage(where: Prisma.RequestWhereInput, limit: number): Promise<Page<RequestView>> {
  const rows = await findRows(where, limit);
  const events = await eventsOf(rows.slice(0, limit).map((row) => row.id));
  return toPage(rows, limit, (row) => toRequestView(row, events.get(row.id) ?? []));
}

function findRows(where: Prisma.RequestWhereInput, limit: number): Promise<RequestRow[]> {
  return db().request.findMany({
    where,
    include: requestInclude,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
}

/** The same scope as `canSee`, as a condition. */
export function visibleTo(actor: Actor): Prisma.RequestWhereInput {
  if (actor.kind === "system") return {};
  const submitted: Prisma.RequestWhereInput = seesAll(actor)
    ? { state: { not: "draft" } }
    : {
        state: { not: "draft" },
        OR: [
          { project: { in: [...actor.projects] } },
          ...actor.groups.map((group) => ({ required: { array_contains: [{ group }] } })),
        ],
      };
  return { OR: [{ state: "draft", requesterId: actor.id }, submitted] };
}

function searchFor(q: string | undefined): Prisma.RequestWhereInput {
  const text = q?.trim();
  if (!text) return {};
  const person = containsText(text);
  const number = /^#?\d{1,9}$/.test(text) ? Number(text.replace("#", "")) : undefined;
  return {
    OR: [
      { searchText: holdsText(text.toLowerCase()) },
      { requester: { OR: [{ name: person }, { email: person }] } },
      ...(number === undefined ? [] : [{ number }]),
    ],
  };
}

async function eventsOf(ids: string[]): Promise<Map<string, EventRow[]>> {
  const rows = await db().auditEvent.findMany({ where: { requestId: { in: ids } }, orderBy: { id: "asc" } });
  const people = await db().user.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.actorId))] } },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map((person) => [person.id, person.email]));
  const grouped = new Map<string, EventRow[]>();
  for (const row of rows) {
    const list = grouped.get(row.requestId!) ?? [];
    list.push({ ...row, actorEmail: emails.get(row.actorId) ?? row.actorName });
    grouped.set(row.requestId!, list);
  }
  return grouped;
}
