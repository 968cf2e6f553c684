import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { Judgement } from "./judge.ts";
import { canonicalJson, hashOf, type Pinned, type PinnedCall, pinned, pinOf } from "./pin.ts";
import type { Requirement } from "./schema.ts";
import type { LockedRequest } from "./store.ts";

/** Tells one configuration from another, as far as the outcome of a request depends on it. */
export function configurationFingerprint(): string {
  const { environments, tags, guardrails, approvals } = getConfig();
  return hashOf({ environments, tags, guardrails, approvals });
}

/** What a request keeps of what was just worked out for it: an approval of this version is given to exactly this. */
export function outcomeFields(judged: Pinned) {
  return {
    rule: judged.rule,
    required: [...judged.required],
    findings: [...judged.findings],
    pin: pinOf(judged),
    configuration: configurationFingerprint(),
  };
}

type Before = Pick<LockedRequest, "rule" | "required" | "findings" | "pin" | "tables">;
type Now = Pick<Judgement, "pin" | "rule" | "required" | "findings" | "tables">;

/**
 * What is different now from what the request waits with, a clause each; empty where an approval of this version would
 * be given to just what was shown. Of a request from before pins were kept only the approvals can be compared.
 */
export function changesOf(before: Before, now: Now): string[] {
  if (before.pin === now.pin) return [];
  const changes: string[] = [];
  const approvals = [approvalWords(before), approvalWords(now)] as const;
  if (approvals[0] !== approvals[1])
    changes.push(`approval takes ${approvals[1]} instead of ${approvals[0]}`);
  if (before.pin === null) return changes;
  changes.push(...planChanges(before, now), ...findingChanges(before.findings as Finding[], now.findings));
  return changes.length > 0 ? changes : ["what is asked is not what was shown"];
}

function approvalWords({
  rule,
  required,
}: {
  rule: string | null;
  required: readonly Requirement[];
}): string {
  const groups = required.map(({ group, count }) => `${count} of ${group}`).join(", then ");
  return `${groups || "nobody"} (rule ${rule})`;
}

function planChanges({ tables }: Before, now: Now): string[] {
  const plans = new Map(tables.map(({ id, plan }) => [id, plan as PinnedCall[] | null]));
  const others = now.tables.filter(({ id, plan }) => {
    const before = plans.get(id);
    return before && canonicalJson(before) !== canonicalJson(plan.map(pinned));
  });
  if (others.length === 0) return [];
  return [`other calls are planned for ${others.map(({ name }) => name).join(", ")}`];
}

function findingChanges(before: readonly Finding[], now: readonly Finding[]): string[] {
  const held = new Set(before.map(canonicalJson));
  const found = new Set(now.map(canonicalJson));
  const fresh = now.filter((one) => !held.has(canonicalJson(one)));
  const gone = before.filter((one) => !found.has(canonicalJson(one)));
  const clauses = [
    ...fresh.map(({ id, message }) => `the guardrail ${id} objects: ${asClause(message)}`),
    ...gone.map(({ id }) => `the guardrail ${id} no longer says what it said`),
  ];
  // It says the same of each table.
  return [...new Set(clauses)];
}

/** A rule's message within a sentence of ours, which has a full stop of its own. */
const asClause = (message: string) => message.replace(/\.$/, "");

/** What guardrails refuse, in words; null where they refuse nothing. */
export function denialWords(findings: readonly Finding[]): string | null {
  const denied = findings.filter(({ level }) => level === "deny");
  if (denied.length === 0) return null;
  const words = [...new Set(denied.map(({ id, message }) => `${id}: ${asClause(message)}`))];
  return `Guardrails refuse it: ${words.join("; ")}.`;
}

/**
 * Throws INVALID, with the id of each, unless the approver acknowledges every warning of a guardrail. Advice, which
 * comes from Tablewright and not from the platform team's file, needs no acknowledgement.
 */
export function requireAcknowledged(
  findings: readonly Finding[],
  acknowledged: readonly string[] = [],
): void {
  const missing = findings.filter(({ level, id }) => level === "warn" && !acknowledged.includes(id));
  if (missing.length === 0) return;
  const ids = [...new Set(missing.map(({ id }) => id))];
  const errors = ids.map((id) => {
    const said = missing.find((one) => one.id === id)!.message;
    return { path: "/acknowledged", id, message: `Not acknowledged by its id: ${said}` };
  });
  const which = ids.length === 1 ? `the warning ${ids[0]}` : `the warnings ${ids.join(", ")}`;
  throw new AppError("INVALID", `Whoever approves acknowledges ${which}`, { errors });
}
