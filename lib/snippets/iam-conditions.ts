import { sortedEntries } from "#lib/provisioning/create-table-input.ts";
import { keyAttributes } from "#lib/table-spec/key-attributes.ts";
import type { IamPolicyOptions, PolicyCondition } from "./iam-policy.ts";
import { partitionOf } from "./partition.ts";
import type { SnippetTable } from "./snippet.ts";

/**
 * A text as a condition value that means just that text: `${` would begin a policy variable. `*` and `?` need nothing
 * where the operator is StringEquals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export const iamLiteral = (text: string): string =>
  text.replaceAll(/\$+(?=\{)/g, (run) => `\${$}`.repeat(run.length));

/**
 * The indexes that may be read under item-level isolation, sorted: `dynamodb:LeadingKeys` holds the partition key of
 * the index that is read, so it isolates only where that is the table's own.
 */
export function isolatedIndexes({ spec }: SnippetTable): string[] {
  const globals = Object.entries(spec.global_secondary_indexes)
    .filter(([, index]) => index.partition_key === spec.partition_key)
    .map(([name]) => name);
  return [...globals, ...Object.keys(spec.local_secondary_indexes)].sort();
}

/** The indexes whose partition key is another one than the table's, sorted: isolation leaves them out. */
export function foreignIndexes({ spec }: SnippetTable): string[] {
  return Object.keys(spec.global_secondary_indexes)
    .filter((name) => spec.global_secondary_indexes[name]?.partition_key !== spec.partition_key)
    .sort();
}

/**
 * The attributes a policy may name, each once: the keys of the table and of its indexes first, because "you must
 * specify the names of all of the primary key and index key attributes"; then the chosen ones.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function allowedAttributes(options: IamPolicyOptions, table: SnippetTable): string[] {
  const isolated = new Set(isolatedIndexes(table));
  const { spec } = table;
  const indexes = sortedEntries(spec.global_secondary_indexes);
  const reachable = indexes.filter(([name]) => options.leading_keys.length === 0 || isolated.has(name));
  const keys = keyAttributes({ ...spec, global_secondary_indexes: Object.fromEntries(reachable) });
  return [...new Set([...keys, ...options.attributes])];
}

/**
 * What must hold of a request for items. ForAllValues is true for a key that the request lacks, so `Null` asks for the
 * key to be there. A read that does not say what it selects gets every attribute, so `dynamodb:Select` must be there;
 * a change that does not say what it returns returns nothing, so `dynamodb:ReturnValues` may be absent.
 */
export function itemCondition(
  options: IamPolicyOptions,
  table: SnippetTable,
  kind: "reads" | "changes",
): PolicyCondition | undefined {
  const lists: Record<string, string[]> = {};
  if (options.leading_keys.length > 0) lists["dynamodb:LeadingKeys"] = options.leading_keys;
  if (options.attributes.length > 0)
    lists["dynamodb:Attributes"] = allowedAttributes(options, table).map(iamLiteral);
  if (Object.keys(lists).length === 0) return undefined;
  const present = Object.fromEntries(Object.keys(lists).map((key) => [key, "false"]));
  return {
    "ForAllValues:StringEquals": lists,
    ...(options.attributes.length > 0 ? narrowed[kind] : {}),
    Null: present,
  };
}

const narrowed: Record<"reads" | "changes", PolicyCondition> = {
  reads: { StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } },
  changes: {
    StringEqualsIfExists: { "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"] },
  },
};

/** A customer key may be used through DynamoDB in the table's region alone. */
export function viaDynamoDb(region: string): PolicyCondition {
  return {
    StringEquals: { "kms:ViaService": `dynamodb.${region}.${partitionOf(region).dnsSuffix}` },
  };
}
