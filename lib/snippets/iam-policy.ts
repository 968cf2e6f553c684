/** What somebody may be let do with a table; the actions of each stand below. */
export const iamAccesses = ["reader", "writer", "reader-writer", "module", "stream"] as const;
export type IamAccess = (typeof iamAccesses)[number];

/** What a policy is to allow. Values of `leadingKeys` are IAM text, where `${…}` is a variable; `attributes` are names. */
export type IamPolicyOptions = {
  access: IamAccess;
  as: "json" | "terraform" | "cloudformation";
  scan: boolean;
  leading_keys: string[];
  attributes: string[];
  partiql: boolean;
  https_only: boolean;
};

/** Operator → condition key → values; a single value stands alone. */
export type PolicyCondition = Record<string, Record<string, string | string[]>>;
export type PolicyStatement = {
  Sid: string;
  Effect: "Allow" | "Deny";
  Action: string[];
  /** A list where there are several. */
  Resource: string | string[];
  Condition?: PolicyCondition;
};
export type PolicyDocument = { Version: "2012-10-17"; Statement: PolicyStatement[] };

const read = ["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable"];
const write = [
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
  "DescribeTable",
];

type ItemAccess = Exclude<IamAccess, "stream">;
const itemActions: Record<ItemAccess, string[]> = {
  reader: read,
  writer: write,
  "reader-writer": [...new Set([...read, ...write])],
  module: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"],
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
const partiqlRead = ["PartiQLSelect"];
const partiqlWrite = ["PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"];
const partiqlActions: Record<ItemAccess, string[]> = {
  reader: partiqlRead,
  writer: partiqlWrite,
  "reader-writer": [...partiqlRead, ...partiqlWrite],
  module: [...partiqlRead, ...partiqlWrite],
};

/** These put or remove whole items, and so attributes that were not chosen. PartiQLInsert fails on an item that is there. */
const wholeItemActions = new Set(["PutItem", "DeleteItem", "BatchWriteItem", "PartiQLDelete"]);
/** The reads whose request says which attributes it asks for (`dynamodb:Select`). */
const selectingActions = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect"]);
/** The only item actions that take an index's ARN (Service Authorization Reference). */
const indexActions = new Set(["Query", "Scan", "PartiQLSelect"]);

/** The actions of a policy on a table's items, apart by the conditions they know. */
export type ActionGroups = {
  /** Reads that say what they select. */
  reads: string[];
  /** Changes and checks. */
  changes: string[];
  /** DescribeTable: it knows no condition on items or attributes. */
  describe: string[];
};

/** Whether a policy scans: a scan reads everybody's items, so it is never part of item-level isolation. */
export function scans(options: IamPolicyOptions): boolean {
  return options.scan && options.leading_keys.length === 0 && includesScan(options.access);
}

/** Every action on a table's items that the options ask for, in the order of the access, PartiQL last. */
export function tableActions(access: ItemAccess, options: IamPolicyOptions): string[] {
  const actions = [...itemActions[access], ...(options.partiql ? partiqlActions[access] : [])];
  return actions.filter(
    (action) =>
      (action !== "Scan" || scans(options)) &&
      (options.attributes.length === 0 || !wholeItemActions.has(action)),
  );
}

/** The same actions, grouped by the conditions they know. */
export function actionGroups(actions: readonly string[]): ActionGroups {
  const items = actions.filter((action) => action !== "DescribeTable");
  return {
    reads: items.filter((action) => selectingActions.has(action)),
    changes: items.filter((action) => !selectingActions.has(action)),
    describe: actions.filter((action) => action === "DescribeTable"),
  };
}

/** Those of the actions that an index takes too. */
export function onIndexes(actions: readonly string[]): string[] {
  return actions.filter((action) => indexActions.has(action));
}

export const streamActions = ["DescribeStream", "GetRecords", "GetShardIterator"];

/** What DynamoDB does with a customer's key for the caller; spelled out, because a wildcard would grow with KMS. */
export const keyActions = [
  "Decrypt",
  "Encrypt",
  "ReEncryptFrom",
  "ReEncryptTo",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "DescribeKey",
  "CreateGrant",
];

/** Whether an access comes with Scan, unless it is left out. */
export function includesScan(access: IamAccess): boolean {
  return access !== "stream" && itemActions[access].includes("Scan");
}
