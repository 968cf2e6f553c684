import type { Actor, UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { approvalEntries, type Entry, entryInTurn } from "./approval-progress.ts";
import type { RequestSubject } from "./policy.ts";
import type { RequestView, Requirement } from "./schema.ts";

/** `next`: the first of those who can give the next one, the reader before all; `nextCount`: how many there are. */
export type ApprovalProgress = Entry & { people: string[]; next: string[]; nextCount: number };

/** Auditors decide nothing, whatever groups they are in. */
function exceptAuditors() {
  const { auditor_group } = getConfig();
  return auditor_group === null ? {} : { NOT: { groups: { has: auditor_group } } };
}

const mostNamed = 200;

/** The names of those of a group who are not left out, `first` before all, then by name, and how many there are. */
async function findMembers(group: string, leftOut: string[], first: string) {
  const where = { groups: { has: group }, deactivatedAt: null, id: { notIn: leftOut }, ...exceptAuditors() };
  const named = { select: { id: true, name: true }, orderBy: { name: "asc" }, take: mostNamed } as const;
  const [count, self, others] = await Promise.all([
    db().user.count({ where }),
    db().user.findFirst({ where: { AND: [where, { id: first }] }, select: named.select }),
    db().user.findMany({ where: { AND: [where, { id: { not: first } }] }, ...named }),
  ]);
  const people = (self ? [self, ...others] : others).slice(0, mostNamed);
  return { names: people.map(({ name }) => name), count };
}

export type Notified = {
  group: string;
  people: string[];
  people_count: number;
  channels: ("email" | "slack" | "webhook")[];
};

/** Whom a request of this person would ask first, and on which channels beside the portal; null: nobody has to approve. */
export async function findNotified(
  actor: UserActor,
  required: readonly Requirement[],
): Promise<Notified | null> {
  const group = entryInTurn(approvalEntries(required, [], 0))?.group;
  if (group === undefined) return null;
  const { self_approval, notifications } = getConfig();
  const people = await findMembers(group, self_approval ? [] : [actor.id], actor.id);
  const kinds = (["email", "slack", "webhook"] as const).filter((kind) =>
    notifications.some((one) =>
      one[kind]?.events.some((event) => event === "*" || event === "request.submit"),
    ),
  );
  return { group, people: people.names, people_count: people.count, channels: kinds };
}

/** What is required, whose approvals are there, and who can give the next, by name: people as their last sign-in told their groups. */
export async function approvalProgress(
  actor: Actor,
  subject: RequestSubject,
  view: RequestView,
): Promise<ApprovalProgress[]> {
  const decided = subject.given.filter((one) => one.version === subject.version).map((one) => one.personId);
  const leftOut = subject.selfApproval ? decided : [...decided, subject.requesterId];
  const reader = actor.kind === "user" ? actor.id : "";
  // Who could is looked for only while somebody can: an open page asks again and again.
  const waits = subject.state === "submitted";
  const groups = waits ? [...new Set(subject.required.map((entry) => entry.group))] : [];
  const members = new Map(
    await Promise.all(
      groups.map(async (group) => [group, await findMembers(group, leftOut, reader)] as const),
    ),
  );
  const approvals = view.approvals.given.filter(
    (one) => one.version === view.version && one.decision === "approve",
  );
  return approvalEntries(subject.required, subject.given, subject.version).map((entry) => ({
    ...entry,
    people: approvals.filter((one) => one.group === entry.group).map((one) => one.person_name),
    next: members.get(entry.group)?.names ?? [],
    nextCount: members.get(entry.group)?.count ?? 0,
  }));
}
