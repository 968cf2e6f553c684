import type { Requirement } from "#lib/requests/schema.ts";

/** Whose approval a request needs, in their order: "2 of platform, then 1 of security". */
export function needsWords(approvals: readonly Pick<Requirement, "group" | "count">[]): string {
  if (approvals.length === 0) return "nobody: it is approved at once, by rule";
  return approvals.map(({ group, count }) => `${count} of ${group}`).join(", then ");
}
