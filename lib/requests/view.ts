import { requestUrl } from "#lib/infra/links.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { TableState } from "#lib/tables/state.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { evidenceOf } from "./evidence.ts";
import type { RequestSubject } from "./policy.ts";
import type {
  Evidence,
  RequestEventView,
  RequestTableView,
  RequestView,
  Requirement,
  StepState,
} from "./schema.ts";
import type { RequestState } from "./state.ts";

/** The rows a request's view is made of. */
export const requestInclude = {
  requester: { select: { email: true, name: true, groups: true } },
  approvals: { orderBy: { at: "asc" }, include: { person: { select: { email: true, name: true } } } },
  tables: {
    orderBy: { key: "asc" },
    include: {
      operations: { where: { decommission: null }, include: { steps: { orderBy: { position: "asc" } } } },
    },
  },
  decommissions: {
    orderBy: { table: { key: "asc" } },
    include: { table: true, operation: { include: { steps: { orderBy: { position: "asc" } } } } },
  },
} as const satisfies Prisma.RequestInclude;

/** As much of a request as the policies look at. */
export const subjectSelect = {
  state: true,
  version: true,
  project: true,
  requesterId: true,
  required: true,
  approvals: { select: { personId: true, group: true, decision: true, version: true } },
} as const satisfies Prisma.RequestSelect;

type SubjectRow = Prisma.RequestGetPayload<{ select: typeof subjectSelect }>;
export type RequestRow = Prisma.RequestGetPayload<{ include: typeof requestInclude }>;
export type EventRow = Prisma.AuditEventGetPayload<object> & { actorEmail: string };

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** What the policies look at, from a row. */
export function subjectOf(row: SubjectRow, selfApproval: boolean): RequestSubject {
  return {
    state: row.state as RequestState,
    version: row.version,
    project: row.project,
    requesterId: row.requesterId,
    required: row.required as Requirement[],
    given: row.approvals,
    selfApproval,
  };
}

/** A request as the API answers it. `events` are its audit lines, oldest first. */
export function toRequestView(row: RequestRow, events: EventRow[]): RequestView {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state as RequestState,
    version: row.version,
    project: row.project,
    environment: row.environment,
    requester: row.requester.email,
    requester_name: row.requester.name,
    justification: row.justification,
    usage: row.usage as RequestView["usage"],
    tables: row.kind === "decommission" ? row.decommissions.map(toDeletedTable) : row.tables.map(toTable),
    approvals: {
      required: row.required as Requirement[],
      given: row.approvals.map((one) => ({
        person: one.person.email,
        person_name: one.person.name,
        group: one.group,
        decision: one.decision as "approve" | "reject" | "send_back",
        comment: one.comment,
        version: one.version,
        at: one.at.toISOString(),
      })),
    },
    events: events.map(toEvent),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    url: requestUrl(row.id),
  };
}

/** The state of each is how far this request got with it; what the table is otherwise shows on its own page. */
function toDeletedTable(asked: RequestRow["decommissions"][number]): RequestTableView {
  const { table, state, problem, operation, evidence } = asked;
  return {
    ...commonFields(table, operation?.steps),
    state: state as TableState,
    problem,
    table_id: table.id,
    evidence: { asked: evidence as Evidence, now: evidenceOf(table) },
  };
}

function toTable(table: RequestRow["tables"][number]): RequestTableView {
  return {
    ...commonFields(table, table.operations[0]?.steps),
    state: table.state as TableState,
    problem: table.problem,
    table_id: table.approvedAt ? table.id : null,
    evidence: null,
  };
}

type Steps = NonNullable<RequestRow["decommissions"][number]["operation"]>["steps"];

function commonFields(
  table: { key: string; name: string; spec: unknown; unsupported: string[] },
  steps: Steps = [],
) {
  return {
    key: table.key,
    name: table.name,
    spec: table.spec as TableSpec,
    unsupported: table.unsupported,
    steps: steps.map((step) => ({
      call: step.call,
      summary: step.summary,
      state: step.state as StepState,
      started_at: iso(step.startedAt),
      ended_at: iso(step.endedAt),
      attempts: step.attempts,
      wait_until: iso(step.waitUntil),
      message: step.message,
    })),
  };
}

function toEvent(row: EventRow): RequestEventView {
  return {
    at: row.at.toISOString(),
    actor: row.actorKind === "user" ? row.actorEmail : "system",
    actor_name: row.actorName,
    event: row.event,
    comment: row.comment,
    version: row.version,
    data: row.data as Record<string, unknown>,
  };
}
