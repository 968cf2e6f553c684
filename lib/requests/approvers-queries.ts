import type { UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { approvalEntries, type Entry, entryInTurn } from "./approval-progress.ts";
import type { RequestSubject } from "./policy.ts";
import type { RequestView, Requirement } from "./schema.ts";

export type ApprovalProgress = Entry & { people: string[]; next: string[] };

/** Auditors decide nothing, whatever groups they are in. */
function exceptAuditors() {
  const { auditor_group } = getConfig();
  return auditor_group === null ? {} : { NOT: { groups: { has: auditor_group } } };
}

/** The first 200 of a group, by name. */
function findMembers(group: string) {
  return db().user.findMany({
    where: { groups: { has: group }, deactivatedAt: null, ...exceptAuditors() },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 200,
  });
}

export type Notified = { group: string; people: string[]; channels: ("email" | "slack" | "webhook")[] };

/** Whom a request of this person would ask first, and on which channels beside the portal; null: nobody has to approve. */
export async function findNotified(
  actor: UserActor,
  required: readonly Requirement[],
): Promise<Notified | null> {
  const group = entryInTurn(approvalEntries(required, [], 0))?.group;
  if (group === undefined) return null;
  const { self_approval, notifications } = getConfig();
  const people = (await findMembers(group)).filter(({ id }) => self_approval || id !== actor.id);
  const kinds = (["email", "slack", "webhook"] as const).filter((kind) =>
    notifications.some((one) =>
      one[kind]?.events.some((event) => event === "*" || event === "request.submit"),
    ),
  );
  return { group, people: people.map(({ name }) => name), channels: kinds };
}

/** What is required, whose approvals are there, and who can give the next, by name: people as their last sign-in told their groups. */
export async function approvalProgress(
  subject: RequestSubject,
  view: RequestView,
): Promise<ApprovalProgress[]> {
  const groups = [...new Set(subject.required.map((entry) => entry.group))];
  const members = new Map(
    await Promise.all(groups.map(async (group) => [group, await findMembers(group)] as const)),
  );
  const decided = new Set(
    subject.given.filter((one) => one.version === subject.version).map((one) => one.personId),
  );
  const approvals = view.approvals.given.filter(
    (one) => one.version === view.version && one.decision === "approve",
  );
  return approvalEntries(subject.required, subject.given, subject.version).map((entry) => ({
    ...entry,
    people: approvals.filter((one) => one.group === entry.group).map((one) => one.person_name),
    next: (members.get(entry.group) ?? [])
      .filter((person) => !decided.has(person.id))
      .filter((person) => subject.selfApproval || person.id !== subject.requesterId)
      .map((person) => person.name),
  }));
}
