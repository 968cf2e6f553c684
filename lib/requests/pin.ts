import { createHash } from "node:crypto";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { Requirement } from "./schema.ts";

/** One AWS call as it is pinned: what is sent, not how it is worded. The id of a table is a placeholder. */
export type PinnedCall = { call: string; input: object };

/** Everything an approval is given to. */
export type Pinned = {
  kind: string;
  target: { endpoint: string; account: string; region: string };
  rule: string;
  required: readonly Requirement[];
  tables: readonly { key: string; name: string; spec: object; plan: readonly PinnedCall[] }[];
  /** What the guardrails say; advice follows from specs and target, which are here. */
  findings: readonly Finding[];
};

/** The hash of what is approved: SHA-256 of its canonical JSON, in hexadecimal digits. The order of tables is of no account. */
export function pinOf({ kind, target, rule, required, tables, findings }: Pinned): string {
  const { endpoint, account, region } = target;
  return hashOf({
    kind,
    target: { endpoint, account, region },
    rule,
    required,
    tables: Object.fromEntries(
      tables.map(({ key, name, spec, plan }) => [key, { name, spec, plan: plan.map(pinned) }]),
    ),
    findings: findings.map(canonicalJson).toSorted(),
  });
}

/** A call without the words that are made for people. */
export const pinned = ({ call, input }: PinnedCall): PinnedCall => ({ call, input });

/** SHA-256 of the canonical JSON of a value, in hexadecimal digits. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

/** JSON with the keys of every object in the order of their code units: the same text for the same value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(",")}}`;
}
