import { AppError } from "#lib/core/errors.ts";
import type { IamPolicyOptions } from "./iam-policy.ts";
import { fileExtensions, formWarnings, policyText, refuseUnsayable } from "./iam-policy-form.ts";
import { iamPolicyOptionsSchema } from "./iam-policy-options.ts";
import { policyWarnings } from "./iam-policy-warnings.ts";
import { policySummary, statementSentence } from "./iam-sentences.ts";
import {
  managedPolicyLimit,
  type PolicyPiece,
  type PolicySize,
  policyPieces,
  policySize,
} from "./iam-split.ts";
import { statementIds } from "./iam-statements.ts";
import { fingerprint } from "./label.ts";
import { readOptions } from "./read-options.ts";
import type { SnippetFile, SnippetTable, SnippetWarning } from "./snippet.ts";

/** Reads the options of an `iam-policy` snippet, from a query string or a JSON body. Throws INVALID, a fault each. */
export function parseIamPolicyOptions(options: unknown): IamPolicyOptions {
  return readOptions(iamPolicyOptionsSchema, "An IAM policy", options);
}

/** One policy, with what each of its statements means. */
export type IamPolicyFile = SnippetFile & {
  statements: { sid: string; sentence: string }[];
  size: PolicySize;
};

export type IamPolicySnippet = {
  format: "iam-policy";
  /** One policy each; several where one would be too long. */
  files: IamPolicyFile[];
  warnings: SnippetWarning[];
  /** What the policies together let a role do, in a few sentences. */
  summary: string;
  /** Of the longest file's JSON form, as IAM counts it. */
  size: { characters: number; limit: number };
};

const only = (values: string[]): string | null => (new Set(values).size === 1 ? values[0]! : null);

/** One table's name, or what many have in common: project and environment, project, or just that they are tables. */
function subject(tables: readonly SnippetTable[]): string {
  if (tables.length === 1) return tables[0]!.name;
  const project = only(tables.map((table) => table.project));
  const environment = only(tables.map((table) => table.environment));
  return project === null ? "tables" : `${project}-${environment ?? "tables"}`;
}

/**
 * `shop-prod-orders-reader`. A table `a-reader` for a writer must not be called as a table `a` for a reader-writer, and
 * policies for other tables, or narrowed otherwise, may lie in the same folder: `shop-prod-reader-5d1c9e20`.
 */
function policyName(options: IamPolicyOptions, tables: readonly SnippetTable[]): string {
  const { access } = options;
  const of = subject(tables);
  const name = `${of}${access === "writer" && of.endsWith("-reader") ? "_" : "-"}${access}`;
  const narrowing = JSON.stringify({ ...options, as: null });
  const usual = JSON.stringify({ ...parseIamPolicyOptions({ access }), as: null });
  const apart = [
    ...(tables.length > 1
      ? tables.map(({ account, region, name }) => `${account}/${region}/${name}`).sort()
      : []),
    ...(narrowing === usual ? [] : [narrowing]),
  ];
  return apart.length === 0 ? name : `${name}-${fingerprint(apart.join("\n")).slice(0, 8)}`;
}

function policyFile(
  options: IamPolicyOptions,
  name: string,
  piece: PolicyPiece,
  allTogether: number,
): IamPolicyFile {
  const { as, access } = options;
  const { tables, parts, document, characters } = piece;
  const of = tables.length === 1 ? tables[0]!.name : `${tables.length} tables`;
  const ids = statementIds(parts);
  return {
    filename: `${name}.${fileExtensions[as]}`,
    content: policyText(as, name, `Policy for a ${access} of ${of}`, document),
    statements: parts.map((part, at) => ({ sid: ids[at]!, sentence: statementSentence(options, part) })),
    size: policySize(characters, allTogether),
  };
}

/**
 * The policies that let a role use these tables, as files to copy: JSON, Terraform data sources or CloudFormation
 * templates. Throws INVALID without a table and for what the form cannot say, CONFLICT while an ARN is not known yet.
 */
export function iamPolicySnippet(
  options: IamPolicyOptions,
  tables: readonly SnippetTable[],
): IamPolicySnippet {
  if (tables.length === 0) throw new AppError("INVALID", "A policy needs at least one table.");
  const pieces = policyPieces(options, tables);
  for (const { document } of pieces) refuseUnsayable(options.as, document);
  const base = policyName(options, tables);
  const allTogether = pieces.reduce((sum, { characters }) => sum + characters, 0);
  const files = pieces.map((piece, at) =>
    policyFile(options, pieces.length === 1 ? base : `${base}-${at + 1}`, piece, allTogether),
  );
  return {
    format: "iam-policy",
    files,
    warnings: [
      ...policyWarnings(options, tables, pieces),
      ...pieces.flatMap(({ document }) => formWarnings(options.as, document)),
    ],
    summary: policySummary(options, tables),
    size: { characters: Math.max(...pieces.map((piece) => piece.characters)), limit: managedPolicyLimit },
  };
}
