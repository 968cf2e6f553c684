import { AppError } from "#lib/core/errors.ts";
import { idPlaceholder, isMade, judgeWork } from "#lib/requests/judge.ts";
import { denialWords } from "#lib/requests/outcome.ts";
import { canonicalJson, type PinnedCall, pinned } from "#lib/requests/pin.ts";
import type { LockedRequest } from "#lib/requests/store.ts";
import { tableIdTag } from "./next-move.ts";

/**
 * Why an approved request is not begun: guardrails of now refuse one of its tables, or making it takes a call that nobody
 * approved. Null: begin. Where the configuration cannot say at all, each operation stops by itself with the reason, so
 * that is null too; and for a deletion nothing but its own two calls is ever sent (`next-deletion-move.ts`).
 */
export function whyNotBegin(
  request: LockedRequest,
): { because: "guardrails" | "plan"; words: string } | null {
  if (request.kind !== "create") return null;
  let now: ReturnType<typeof judgeWork>;
  try {
    now = judgeWork(request);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
  const nothing = request.tables.some(isMade)
    ? "Nothing was created beside what is there already."
    : "Nothing was created.";
  const denial = denialWords(now.findings);
  if (denial) return { because: "guardrails", words: `${denial} ${nothing}` };
  const approved = new Map(request.tables.map(({ id, plan }) => [id, plan]));
  const others = now.tables.filter(({ id, plan }) =>
    plan.some((call) => !isApproved(call, approved.get(id), id)),
  );
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(", ");
  const words = `The configuration changed after the approval, and making ${names} would take calls that nobody approved. ${nothing}`;
  return { because: "plan", words };
}

/**
 * Whether this very call, with this very input, is on the plan that was approved for the table. `plan` null: the table
 * was asked for before plans were kept.
 */
export function isApproved(call: PinnedCall, plan: unknown, tableId: string): boolean {
  if (plan === null || plan === undefined) return true;
  const wanted = canonicalJson(withoutId(pinned(call), tableId));
  return (plan as PinnedCall[]).some((one) => canonicalJson(one) === wanted);
}

/** The tag with the table's id was not known when the plan was shown. */
function withoutId({ call, input }: PinnedCall, tableId: string): PinnedCall {
  if (!("Tags" in input) || !Array.isArray(input.Tags)) return { call, input };
  const Tags = (input.Tags as { Key: string; Value: string }[]).map((tag) =>
    tag.Key === tableIdTag && tag.Value === tableId ? { ...tag, Value: idPlaceholder } : tag,
  );
  return { call, input: { ...input, Tags } };
}
