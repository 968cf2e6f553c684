import { AppError } from "#lib/core/errors.ts";
import { isolatedIndexes, itemCondition, viaDynamoDb } from "./iam-conditions.ts";
import {
  actionGroups,
  type IamPolicyOptions,
  keyActions,
  onIndexes,
  type PolicyCondition,
  type PolicyDocument,
  scans,
  streamActions,
  tableActions,
} from "./iam-policy.ts";
import type { SnippetTable } from "./snippet.ts";

/** What a statement is about, in the order of a document. */
export const statementKinds = [
  "Table",
  "TableRead",
  "TableWrite",
  "TableCheck",
  "TableDescribe",
  "TableIndexes",
  "TableStream",
  "ListStreams",
  "TableKey",
  "DenyFullTableScan",
  "DenyWithoutTls",
  "DenyListStreamsWithoutTls",
] as const;
export type StatementKind = (typeof statementKinds)[number];

/** A statement before it has a Sid, with the tables it is about. */
export type StatementPart = {
  kind: StatementKind;
  actions: string[];
  resources: string[];
  condition: PolicyCondition | undefined;
  tables: readonly SnippetTable[];
};

const part = (
  table: SnippetTable,
  kind: StatementKind,
  actions: string[],
  resources: string[],
  condition?: PolicyCondition,
): StatementPart[] =>
  actions.length === 0 || resources.length === 0
    ? []
    : [{ kind, actions, resources, condition, tables: [table] }];

const dynamodb = (actions: readonly string[]): string[] => actions.map((action) => `dynamodb:${action}`);

/** The table's ARN as observed. Throws CONFLICT until a worker has read it. */
export function observedArn({ name, arn }: SnippetTable): string {
  if (arn === null)
    throw new AppError("CONFLICT", `${name} has no ARN yet: policies are there once the table exists.`);
  return arn;
}

/** Under isolation each index by its own ARN, because an index with another partition key would be open. */
function indexArns(options: IamPolicyOptions, table: SnippetTable): string[] {
  const arn = observedArn(table);
  if (options.leading_keys.length > 0) return isolatedIndexes(table).map((name) => `${arn}/index/${name}`);
  const { global_secondary_indexes: globals, local_secondary_indexes: locals } = table.spec;
  return Object.keys(globals).length + Object.keys(locals).length > 0 ? [`${arn}/index/*`] : [];
}

function itemParts(
  options: IamPolicyOptions,
  access: Exclude<IamPolicyOptions["access"], "stream">,
  table: SnippetTable,
): StatementPart[] {
  const arn = observedArn(table);
  const actions = tableActions(access, options);
  const { reads, changes, describe } = actionGroups(actions);
  const indexes = indexArns(options, table);
  const readCondition = itemCondition(options, table, "reads");
  const onIndex = part(
    table,
    "TableIndexes",
    dynamodb(onIndexes(actions)),
    indexes,
    itemCondition(options, table, "reads"),
  );
  if (readCondition === undefined) return [...part(table, "Table", dynamodb(actions), [arn]), ...onIndex];
  const described = part(table, "TableDescribe", dynamodb(describe), [arn]);
  if (options.attributes.length === 0) {
    const items = dynamodb(actions.filter((action) => action !== "DescribeTable"));
    return [...part(table, "Table", items, [arn], readCondition), ...described, ...onIndex];
  }
  const changing = changes.some((action) => action !== "ConditionCheckItem");
  const changeCondition = itemCondition(options, table, "changes");
  return [
    ...part(table, "TableRead", dynamodb(reads), [arn], readCondition),
    ...part(table, changing ? "TableWrite" : "TableCheck", dynamodb(changes), [arn], changeCondition),
    ...described,
    ...onIndex,
  ];
}

/** `stream/*`, because a stream that is switched off and on again has another ARN; ListStreams knows no resource. */
function streamParts(table: SnippetTable): StatementPart[] {
  return [
    ...part(table, "TableStream", dynamodb(streamActions), [`${observedArn(table)}/stream/*`]),
    ...part(table, "ListStreams", ["dynamodb:ListStreams"], ["*"]),
  ];
}

function keyParts(table: SnippetTable): StatementPart[] {
  const { name, region, spec, kmsKeyArn } = table;
  if (spec.encryption !== "customer_managed") return [];
  if (kmsKeyArn === null || !/^arn:[^:]+:kms:[^:]+:[^:]+:key\/.+$/.test(kmsKeyArn)) {
    throw new AppError(
      "CONFLICT",
      `${name} is encrypted with a customer key whose ARN is not known yet, and a policy must name it. Come back when the table is active and has been looked at.`,
    );
  }
  const actions = keyActions.map((action) => `kms:${action}`);
  return part(table, "TableKey", actions, [kmsKeyArn], viaDynamoDb(region));
}

/**
 * What is denied whatever else a role has. Without Scan, a SELECT that reads all of a table or index is denied too.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 */
function denials(options: IamPolicyOptions, allowed: readonly StatementPart[]): StatementPart[] {
  const selecting = allowed.filter(({ actions }) => actions.includes("dynamodb:PartiQLSelect"));
  const noFullScan = scans(options)
    ? []
    : selecting.flatMap(({ resources, tables }) =>
        tables.flatMap((table) =>
          part(table, "DenyFullTableScan", ["dynamodb:PartiQLSelect"], resources, {
            Bool: { "dynamodb:FullTableScan": "true" },
          }),
        ),
      );
  if (!options.https_only) return noFullScan;
  const withoutTls: PolicyCondition = { Bool: { "aws:SecureTransport": "false" } };
  const ours = allowed.filter(({ kind }) => kind !== "TableKey");
  const listing = ours.filter(({ kind }) => kind === "ListStreams");
  const rest = ours.filter(({ kind }) => kind !== "ListStreams");
  const deny = (kind: StatementKind, parts: StatementPart[]): StatementPart[] => {
    if (parts.length === 0) return [];
    return [{ ...united(parts), kind, condition: withoutTls }];
  };
  return [...noFullScan, ...deny("DenyWithoutTls", rest), ...deny("DenyListStreamsWithoutTls", listing)];
}

function united(parts: readonly StatementPart[]): StatementPart {
  return {
    ...parts[0]!,
    actions: [...new Set(parts.flatMap(({ actions }) => actions))],
    resources: [...new Set(parts.flatMap(({ resources }) => resources))],
    tables: [...new Set(parts.flatMap(({ tables }) => tables))],
  };
}

/** Statements that differ in their resources alone become one, in the order of the kinds. */
function merged(parts: readonly StatementPart[]): StatementPart[] {
  const same = Map.groupBy(parts, ({ kind, actions, condition }) =>
    JSON.stringify([kind, actions, condition]),
  );
  const order = ({ kind }: StatementPart) => statementKinds.indexOf(kind);
  return [...same.values()].map(united).sort((a, b) => order(a) - order(b));
}

/** The statements that let a role use these tables, and nothing else. Throws CONFLICT while an ARN is not known yet. */
export function policyParts(options: IamPolicyOptions, tables: readonly SnippetTable[]): StatementPart[] {
  const { access } = options;
  return merged(
    tables.flatMap((table) => {
      const allowed = access === "stream" ? streamParts(table) : itemParts(options, access, table);
      const all = [...allowed, ...keyParts(table)];
      return [...all, ...denials(options, all)];
    }),
  );
}

/** A Sid for each statement: its kind, numbered from the second of a kind. */
export function statementIds(parts: readonly StatementPart[]): string[] {
  const seen = new Map<StatementKind, number>();
  return parts.map(({ kind }) => {
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count === 1 ? kind : `${kind}${count}`;
  });
}

/**
 * The document of these statements.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function policyDocument(parts: readonly StatementPart[]): PolicyDocument {
  const ids = statementIds(parts);
  const statements = parts.map(({ kind, actions, resources, condition }, at) => ({
    Sid: ids[at]!,
    Effect: kind.startsWith("Deny") ? ("Deny" as const) : ("Allow" as const),
    Action: actions,
    Resource: resources.length === 1 ? resources[0]! : resources,
    ...(condition ? { Condition: condition } : {}),
  }));
  return { Version: "2012-10-17", Statement: statements };
}
