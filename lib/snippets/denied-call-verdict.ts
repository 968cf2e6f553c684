import type { DeniedCall, DeniedPolicy } from "./denied-call.ts";
import { actionGroup } from "./denied-call-actions.ts";
import { type DeniedTable, type Grant, keyGrant, smallestGrant } from "./denied-call-grant.ts";

/** Why a call was denied, as far as policies that Tablewright writes for a table are concerned. */
export type DeniedVerdict =
  /** A policy of the table allows it. */
  | { kind: "granted"; table: DeniedTable; grant: Grant }
  /** Some policy holds a Deny, which no Allow outweighs. */
  | { kind: "explicit-deny"; table: DeniedTable | null }
  /** A policy that limits what others may give does not allow it; `grant` is needed too. */
  | { kind: "limited"; table: DeniedTable; grant: Grant; by: DeniedPolicy }
  /** The caller belongs to another account than the table. */
  | { kind: "other-account"; table: DeniedTable; grant: Grant }
  /** No table of that name, account and Region that this person may see. */
  | { kind: "unknown-table"; name: string }
  /** A table of this name is there, in another account or Region than the call went to. */
  | { kind: "elsewhere"; table: DeniedTable }
  | { kind: "no-index"; table: DeniedTable; index: string }
  | { kind: "no-stream"; table: DeniedTable }
  /** Making, changing and deleting tables is asked for in the portal. */
  | { kind: "portal-does"; table: DeniedTable | null }
  | { kind: "page-shows"; table: DeniedTable | null }
  | { kind: "platform-does"; table: DeniedTable | null }
  | { kind: "account-wide"; table: DeniedTable | null }
  | { kind: "every-table"; table: DeniedTable | null }
  | { kind: "not-carried"; table: DeniedTable | null }
  | { kind: "other-service"; table: null }
  | { kind: "unusable-key"; table: DeniedTable | null }
  | { kind: "managed-key"; table: DeniedTable }
  | { kind: "other-key"; table: DeniedTable }
  /** The message names no table, and none is given. */
  | { kind: "which-table" };

/** What limits a caller beside its own policies: they give nothing, and all of them must allow. */
export const limits = new Set<DeniedPolicy | null>([
  "permissions boundary",
  "session policy",
  "service control policy",
  "resource control policy",
  "VPC endpoint policy",
]);

/**
 * Names the smallest policy of a table that allows a denied call, or why none can. `named` is the table that the
 * message names, if this person may see it; `given` the one whose page they are on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function explainDeniedCall(
  call: DeniedCall,
  tables: { named: DeniedTable | null; given: DeniedTable | null },
): DeniedVerdict {
  const [service] = call.action.split(":");
  const table = call.resource?.table ? tables.named : tables.given;
  if (service !== "dynamodb" && service !== "kms") return { kind: "other-service", table: null };
  if (call.cause.kind === "explicit") return { kind: "explicit-deny", table };
  if (call.cause.kind === "unusable-key") return { kind: "unusable-key", table };
  if (service === "kms") return explainKey(call, table);
  const group = actionGroup(call.action);
  if (group !== "data") return { kind: group, table };
  if (!table) return withoutTable(call, tables.given);
  return explainData(call, table);
}

function withoutTable({ resource }: DeniedCall, given: DeniedTable | null): DeniedVerdict {
  if (resource?.table) {
    return given?.name === resource.table
      ? { kind: "elsewhere", table: given }
      : { kind: "unknown-table", name: resource.table };
  }
  return { kind: "which-table" };
}

function explainData(call: DeniedCall, table: DeniedTable): DeniedVerdict {
  const { resource, action } = call;
  const part = resource?.part ?? null;
  // ListStreams knows no resource, so that its policy covers whatever a message names.
  const forOneTable = resource?.service !== "dynamodb" || resource.table !== null;
  if (!forOneTable && action !== "dynamodb:ListStreams") return { kind: "every-table", table };
  if (part?.kind === "index" && part.name !== "*" && !hasIndex(table, part.name)) {
    return { kind: "no-index", table, index: part.name };
  }
  const grant = smallestGrant(table, action, part);
  if (!grant) return { kind: "not-carried", table };
  if (grant.access === "stream" && table.streamArn === null) return { kind: "no-stream", table };
  return allowedBy(call, table, grant);
}

function hasIndex({ spec }: DeniedTable, name: string): boolean {
  return (
    Object.hasOwn(spec.global_secondary_indexes, name) || Object.hasOwn(spec.local_secondary_indexes, name)
  );
}

function explainKey(call: DeniedCall, table: DeniedTable | null): DeniedVerdict {
  if (!table) return { kind: "which-table" };
  if (table.spec.encryption !== "customer_managed") return { kind: "managed-key", table };
  const named = call.resource?.kmsKeyArn;
  if (named && table.kmsKeyArn && named !== table.kmsKeyArn) return { kind: "other-key", table };
  const grant = keyGrant(table, call.action, call.operation);
  return grant ? allowedBy(call, table, grant) : { kind: "not-carried", table };
}

/** What is left between a policy of the table and the call: whose account it is, and what limits the caller. */
function allowedBy(call: DeniedCall, table: DeniedTable, grant: Grant): DeniedVerdict {
  const account = call.principal?.account ?? null;
  const foreign =
    account === null ? call.cause.policy === "resource-based policy" : account !== table.account;
  // A key's policy is asked in every account, a table's only from another one.
  if (foreign && (account !== null || !call.action.startsWith("kms:"))) {
    return { kind: "other-account", table, grant };
  }
  const { kind, policy } = call.cause;
  // Without its own policy's word a key lets nobody in, whatever other policies allow.
  const keyRefuses =
    kind === "implicit" && policy === "resource-based policy" && call.action.startsWith("kms:");
  return limits.has(policy) || keyRefuses
    ? { kind: "limited", table, grant, by: policy! }
    : { kind: "granted", table, grant };
}
