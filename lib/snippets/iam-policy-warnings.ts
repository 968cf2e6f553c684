import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { attributeType } from "#lib/table-spec/key-attributes.ts";
import { foreignIndexes } from "./iam-conditions.ts";
import { type IamPolicyOptions, includesScan } from "./iam-policy.ts";
import { quotedText } from "./iam-policy-json.ts";
import { managedPolicyLimit, type PolicyPiece, policiesPerRole } from "./iam-split.ts";
import type { SnippetTable, SnippetWarning } from "./snippet.ts";

const at = (table: SnippetTable, ...fields: string[]): string =>
  jsonPointer(["tables", table.key, ...fields]);

function streamWarnings({ access }: IamPolicyOptions, table: SnippetTable): SnippetWarning[] {
  if (access !== "stream" || table.streamArn !== null) return [];
  const message = `${table.name} has no stream at the moment, so there is nothing to read yet.`;
  return [{ path: "/access", message }];
}

function indexWarnings({ access }: IamPolicyOptions, table: SnippetTable): SnippetWarning[] {
  if (!includesScan(access)) return [];
  return foreignIndexes(table).map((name) => ({
    path: at(table, "global_secondary_indexes", name),
    message: `The index ${name} of ${table.name} is not in the policy: its partition key is not the table's, so IAM could not tell whose items it shows. Give the application another way to read it.`,
  }));
}

/** A number as DynamoDB writes it: no leading or trailing zeros, no exponent. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/;

function keyTypeWarnings({ leading_keys: keys }: IamPolicyOptions, table: SnippetTable): SnippetWarning[] {
  const { name, spec } = table;
  const type = attributeType(spec, spec.partition_key);
  const path = at(table, "partition_key");
  if (type === "B") {
    const message = `The partition key of ${name} is binary, and AWS does not say how dynamodb:LeadingKeys shows one. Write the values as Base64, and try the policy with a value that must be refused before you rely on it.`;
    return [{ path, message }];
  }
  if (type === "S") return [];
  return keys
    .filter((value) => !value.includes("${") && !plainNumber.test(value))
    .map((value) => ({
      path,
      message: `The partition key of ${name} is a number, which ${quotedText(value)} never equals. Write a number without leading or trailing zeros, such as 42 or -1.5.`,
    }));
}

function wildcardWarnings({ leading_keys: keys }: IamPolicyOptions): SnippetWarning[] {
  return keys
    .filter((value) => /[*?]/.test(value.replace(/\$\{[^{}]*\}/g, "")))
    .map((value) => ({
      path: "/leading_keys",
      message: `In the leading key ${quotedText(value)}, * and ? stand for themselves: a leading key is compared as a whole, not as a pattern.`,
    }));
}

function leftOutWarnings(options: IamPolicyOptions): SnippetWarning[] {
  const warnings: SnippetWarning[] = [];
  if (options.leading_keys.length > 0 && options.scan && includesScan(options.access)) {
    const message =
      "Scan is not in the policy: it returns everybody's items, whatever their partition key is.";
    warnings.push({ path: "/scan", message });
  }
  if (options.attributes.length > 0 && options.access !== "reader") {
    const message =
      "Calls that put or remove whole items (PutItem, DeleteItem, BatchWriteItem, PartiQL DELETE) are not in the policy: they would change attributes that were not chosen. Write with UpdateItem.";
    warnings.push({ path: "/attributes", message });
  }
  return warnings;
}

function accountWarnings(tables: readonly SnippetTable[]): SnippetWarning[] {
  const accounts = [...new Set(tables.map(({ account }) => account))].sort();
  if (accounts.length < 2) return [];
  const message = `The tables lie in the accounts ${accounts.join(", ")}. A role reaches tables of another account only if a resource policy of the table allows it too; else ask for a policy for each account.`;
  return [{ path: "/tables", message }];
}

function sizeWarnings(pieces: readonly PolicyPiece[]): SnippetWarning[] {
  const tooLong = pieces
    .filter(({ characters }) => characters > managedPolicyLimit)
    .map(({ tables: [table], document, characters }) => ({
      path: at(table!),
      message: `The statement ${document.Statement[0]!.Sid} for ${table!.name} alone makes a policy of ${characters.toLocaleString("en-US")} characters, more than the ${managedPolicyLimit.toLocaleString("en-US")} of a managed policy. Choose fewer attributes or leading keys.`,
    }));
  if (pieces.length <= policiesPerRole) return tooLong;
  const message = `These are ${pieces.length} policies, and a role may have ${policiesPerRole} managed ones unless the account asked for more. Choose fewer tables for a role.`;
  return [...tooLong, { path: "/tables", message }];
}

/** What somebody who attaches the policies would otherwise not expect. */
export function policyWarnings(
  options: IamPolicyOptions,
  tables: readonly SnippetTable[],
  pieces: readonly PolicyPiece[],
): SnippetWarning[] {
  const isolating = options.leading_keys.length > 0;
  return [
    ...leftOutWarnings(options),
    ...wildcardWarnings(options),
    ...tables.flatMap((table) => [
      ...streamWarnings(options, table),
      ...(isolating ? [...indexWarnings(options, table), ...keyTypeWarnings(options, table)] : []),
    ]),
    ...accountWarnings(tables),
    ...sizeWarnings(pieces),
  ];
}
