import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { approvalEntries, type Entry } from "./approval-progress.ts";
import type { RequestSubject } from "./policy.ts";
import type { RequestView } from "./schema.ts";

export type ApprovalProgress = Entry & { people: string[]; next: string[] };

/** Auditors decide nothing, whatever groups they are in. */
function exceptAuditors() {
  const { auditor_group } = getConfig();
  return auditor_group === null ? {} : { NOT: { groups: { has: auditor_group } } };
}

/** What is required, whose approvals are there, and who can give the next, by name: people as their last sign-in told their groups. */
export async function approvalProgress(
  subject: RequestSubject,
  view: RequestView,
): Promise<ApprovalProgress[]> {
  const groups = [...new Set(subject.required.map((entry) => entry.group))];
  const members = await db().user.findMany({
    where: { groups: { hasSome: groups }, deactivatedAt: null, ...exceptAuditors() },
    select: { id: true, name: true, groups: true },
    orderBy: { name: "asc" },
    take: 200,
  });
  const decided = new Set(
    subject.given.filter((one) => one.version === subject.version).map((one) => one.personId),
  );
  const approvals = view.approvals.given.filter(
    (one) => one.version === view.version && one.decision === "approve",
  );
  return approvalEntries(subject.required, subject.given, subject.version).map((entry) => ({
    ...entry,
    people: approvals.filter((one) => one.group === entry.group).map((one) => one.person_name),
    next: members
      .filter((person) => person.groups.includes(entry.group) && !decided.has(person.id))
      .filter((person) => subject.selfApproval || person.id !== subject.requesterId)
      .map((person) => person.name),
  }));
}
