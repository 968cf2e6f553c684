import type { IamPolicyOptions, PolicyDocument } from "./iam-policy.ts";
import { policyJson } from "./iam-policy-json.ts";
import { policyDocument, policyParts, type StatementPart } from "./iam-statements.ts";
import type { SnippetTable } from "./snippet.ts";

/** Characters a customer managed policy may have, white space not counted (IAM and STS quotas). */
export const managedPolicyLimit = 6_144;

/** Managed policies a role may have, unless the account asked for more. */
export const policiesPerRole = 10;

/**
 * Characters that IAM lets a policy have, white space not counted; an inline policy shares its limit with the other
 * inline policies of the same role, group or user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const quotas = [
  { id: "managed", limit: managedPolicyLimit },
  { id: "inline_role", limit: 10_240 },
  { id: "inline_group", limit: 5_120 },
  { id: "inline_user", limit: 2_048 },
] as const;

/** How long a policy is as IAM counts it, and which quotas it fits: inline, all policies of an answer count together. */
export type PolicySize = {
  characters: number;
  quotas: { id: (typeof quotas)[number]["id"]; limit: number; fits: boolean }[];
};

/** One policy of an answer: its tables, and its statements as parts and as a document. */
export type PolicyPiece = {
  tables: readonly SnippetTable[];
  parts: StatementPart[];
  document: PolicyDocument;
  characters: number;
};

/**
 * Characters of the shortest JSON of a policy. White space within texts is counted, so never fewer than IAM counts.
 * Terraform writes `<`, `>` and `&` as escapes of six characters.
 */
function characters({ as }: IamPolicyOptions, document: PolicyDocument): number {
  const json = policyJson(document);
  return json.length + (as === "terraform" ? 5 * (json.match(/[<>&]/g)?.length ?? 0) : 0);
}

export function policySize(count: number, allTogether: number): PolicySize {
  return {
    characters: count,
    quotas: quotas.map(({ id, limit }) => ({
      id,
      limit,
      fits: (id === "managed" ? count : allTogether) <= limit,
    })),
  };
}

function piece(
  options: IamPolicyOptions,
  tables: readonly SnippetTable[],
  parts: StatementPart[] = policyParts(options, tables),
): PolicyPiece {
  const document = policyDocument(parts);
  return { tables, parts, document, characters: characters(options, document) };
}

/** As few lists as hold the items in their order and still fit as a policy; an item that does not fit alone is alone. */
function packed<T>(items: readonly T[], make: (some: T[]) => PolicyPiece): PolicyPiece[] {
  const lists: { items: T[]; piece: PolicyPiece }[] = [];
  for (const item of items) {
    const longer = [...(lists.at(-1)?.items ?? []), item];
    const extended = { items: longer, piece: make(longer) };
    if (extended.piece.characters <= managedPolicyLimit) lists.splice(-1, 1, extended);
    else lists.push({ items: [item], piece: make([item]) });
  }
  return lists.map((list) => list.piece);
}

/**
 * The policies that give access to the tables: one if it fits a managed policy, else several, each with as many tables,
 * in their order, as fit. Of a table that does not fit alone the statements are spread in the same way, which means the
 * same where all of them are attached. Throws CONFLICT while an ARN is not known yet.
 */
export function policyPieces(options: IamPolicyOptions, tables: readonly SnippetTable[]): PolicyPiece[] {
  const pieces = packed(tables, (some) => piece(options, some));
  return pieces.flatMap((one) =>
    one.characters <= managedPolicyLimit
      ? [one]
      : packed(one.parts, (parts) => piece(options, one.tables, parts)),
  );
}
