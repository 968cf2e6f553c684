import { isolatedIndexes } from "./iam-conditions.ts";
import { type IamAccess, type IamPolicyOptions, includesScan, scans } from "./iam-policy.ts";
import { quotedText } from "./iam-policy-json.ts";
import type { StatementPart } from "./iam-statements.ts";
import type { SnippetTable } from "./snippet.ts";

function joined(items: readonly string[], last: "and" | "or"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** At most four of a list by name, so that a sentence stays one. */
function some(items: readonly string[], what: string, last: "and" | "or" = "and"): string {
  if (items.length <= 4) return joined(items, last);
  return joined([...items.slice(0, 3), `${items.length - 3} other ${what}`], last);
}

const namesOf = (tables: readonly SnippetTable[]): string =>
  some(
    tables.map(({ name }) => name),
    "tables",
  );

const callerTag = /^\$\{aws:PrincipalTag\/([^{}$,']+)\}$/;

function leadingKeyText(value: string): string {
  const tag = callerTag.exec(value)?.[1];
  return tag === undefined ? quotedText(value) : `the caller's ${tag} tag`;
}

/** What conditions leave of the items and attributes; "" without any. */
function limits({ leading_keys: keys, attributes }: IamPolicyOptions, selecting: boolean): string {
  const items =
    keys.length === 0
      ? ""
      : `, but only those whose partition key is ${some(keys.map(leadingKeyText), "values", "or")}`;
  if (attributes.length === 0) return items;
  const names = some(attributes.map(quotedText), "attributes");
  const which = `${items}, of their attributes only ${names} and the keys`;
  return selecting ? `${which}, which a call must ask for by name` : which;
}

const readingWays: [action: string, way: string][] = [
  ["GetItem", "one by one"],
  ["BatchGetItem", "in batches"],
  ["Query", "by query"],
  ["Scan", "by reading all of it"],
  ["PartiQLSelect", "with PartiQL"],
];
const changingWays: [action: string, way: string][] = [
  ["PutItem", "put"],
  ["PartiQLInsert", "put"],
  ["UpdateItem", "change"],
  ["PartiQLUpdate", "change"],
  ["DeleteItem", "delete"],
  ["PartiQLDelete", "delete"],
];

function waysOf(ways: [string, string][], actions: readonly string[]): string[] {
  return [
    ...new Set(ways.filter(([action]) => actions.includes(`dynamodb:${action}`)).map(([, way]) => way)),
  ];
}

/** "read items of orders one by one or by query; put and change them, also in batches" */
function itemClauses(actions: readonly string[], where: string): string {
  const has = (action: string) => actions.includes(`dynamodb:${action}`);
  const reading = waysOf(readingWays, actions);
  const changing = waysOf(changingWays, actions);
  const also = [
    ...(has("BatchWriteItem") ? ["in batches"] : []),
    ...(has("PartiQLInsert") || has("PartiQLUpdate") ? ["with PartiQL"] : []),
  ];
  const clauses: ((items: string) => string)[] = [
    ...(reading.length > 0 ? [(items: string) => `read ${items} ${joined(reading, "or")}`] : []),
    ...(changing.length > 0
      ? [
          (items: string) =>
            `${joined(changing, "and")} ${items}${also.length > 0 ? `, also ${joined(also, "and")}` : ""}`,
        ]
      : []),
    ...(has("ConditionCheckItem") ? [(items: string) => `check ${items} in transactions`] : []),
  ];
  return clauses.map((clause, at) => clause(at === 0 ? `items ${where}` : "them")).join("; ");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function itemSentence(options: IamPolicyOptions, part: StatementPart, where: string): string {
  const selecting = part.kind === "TableRead" || part.kind === "TableIndexes";
  const clauses = itemClauses(part.actions, where);
  const described = part.actions.includes("dynamodb:DescribeTable")
    ? `; see how ${part.tables.length > 1 ? "the tables are" : "the table is"} set up`
    : "";
  return `${capital(clauses)}${limits(options, selecting)}${described}.`;
}

/** What one statement of a policy lets a role do, or refuses, in a sentence. */
export function statementSentence(options: IamPolicyOptions, part: StatementPart): string {
  const names = namesOf(part.tables);
  switch (part.kind) {
    case "Table":
    case "TableRead":
    case "TableWrite":
    case "TableCheck":
      return itemSentence(options, part, `of ${names}`);
    case "TableDescribe":
      return `See how ${names} ${part.tables.length > 1 ? "are" : "is"} set up, which shows no items.`;
    case "TableIndexes":
      return options.leading_keys.length > 0
        ? itemSentence(options, part, `of ${names} through the indexes that have the table's partition key`)
        : itemSentence(options, part, `of ${names} through the indexes`);
    case "TableStream":
      return `Read the stream of changes of ${names}, also one that is switched on later.`;
    case "ListStreams":
      return "List the streams of the account; AWS knows no narrower permission for it.";
    case "TableKey":
      return `Use the customer key of ${names}, through DynamoDB alone.`;
    case "DenyFullTableScan":
      return `Refuse a PartiQL SELECT that would read all of ${names} or of an index.`;
    case "DenyWithoutTls":
      return `Refuse all of this on ${names} unless the call comes over HTTPS.`;
    case "DenyListStreamsWithoutTls":
      return "Refuse to list streams unless the call comes over HTTPS.";
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html#DDB-UpdateItem-request-ReturnValues */
const save = ", save what a change answers of its own item (ReturnValues)";

const summaries: Record<IamAccess, (name: string) => string> = {
  reader: (name) => `Lets a role read items of ${name}`,
  writer: (name) => `Lets a role put, change and delete items of ${name}, but not read them${save}`,
  "reader-writer": (name) => `Lets a role read, put, change and delete items of ${name}`,
  module: (name) => `Lets a role get, put, change and delete single items of ${name} and query it`,
  stream: (name) => `Lets a role read the stream of changes of ${name}`,
};

/** Chosen attributes leave no call that puts or removes a whole item. */
const attributeSummaries: Record<IamAccess, (name: string) => string> = {
  ...summaries,
  writer: (name) => `Lets a role change items of ${name}, but not read them${save}`,
  "reader-writer": (name) => `Lets a role read and change items of ${name}`,
  module: (name) => `Lets a role get and change single items of ${name} and query it`,
};

function isolationSummary({ leading_keys: keys }: IamPolicyOptions): string {
  if (keys.length === 0) return "";
  return ` Only items whose partition key is ${some(keys.map(leadingKeyText), "values", "or")}.`;
}

function attributeSummary({ access, attributes }: IamPolicyOptions): string {
  if (attributes.length === 0) return "";
  const names = some(attributes.map(quotedText), "attributes");
  const without = access === "reader" ? "" : ", so without the calls that put or remove whole items";
  return ` Only the attributes ${names} and the keys${without}.`;
}

/** What a policy lets a role do, in a few sentences. */
export function policySummary(options: IamPolicyOptions, tables: readonly SnippetTable[]): string {
  const { access, attributes, leading_keys: keys, partiql, https_only: httpsOnly } = options;
  const scanning = scans(options)
    ? ", also by reading all of it (Scan)"
    : `, but not by reading all of it (Scan${keys.length > 0 ? " shows everybody's items" : ""})`;
  const reachable = ({ spec }: SnippetTable) => [
    ...Object.keys(spec.global_secondary_indexes),
    ...Object.keys(spec.local_secondary_indexes),
  ];
  const indexed = tables.some(
    (table) => (keys.length > 0 ? isolatedIndexes(table) : reachable(table)).length > 0,
  );
  const indexes = indexed ? `, and the same through ${tables.length > 1 ? "their" : "its"} indexes` : "";
  const key = tables.some(({ spec }) => spec.encryption === "customer_managed")
    ? " It may use the customer key through DynamoDB alone."
    : "";
  const what = (attributes.length > 0 ? attributeSummaries : summaries)[access](namesOf(tables));
  return [
    `${what}${includesScan(access) ? scanning + indexes : ""}.`,
    isolationSummary(options),
    attributeSummary(options),
    partiql ? " With PartiQL too." : "",
    httpsOnly ? " Over HTTPS alone." : "",
    key,
  ].join("");
}
