/**
 * What each policy must allow, written by hand from
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html (actions and resources),
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (items and attributes) and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html (PartiQL), never from the generator.
 */

/** Action names by the resource they are allowed on; what is not here must be refused. */
export type Allowed = Partial<Record<"table" | "byDate" | "byTotal" | "byMail" | "stream" | "any", string>>;

export type MatrixRow = { access: string; options: Record<string, string>; allowed: Allowed };

const tenant = `\${aws:PrincipalTag/tenant_id}`;
const everyIndex = (actions: string): Allowed => ({ byDate: actions, byTotal: actions, byMail: actions });
/** The indexes that have the table's partition key. */
const ownIndexes = (actions: string): Allowed => ({ byDate: actions, byTotal: actions });

const reader = "GetItem BatchGetItem Query Scan ConditionCheckItem DescribeTable";
const writer = "PutItem UpdateItem DeleteItem BatchWriteItem ConditionCheckItem DescribeTable";
const readerWriter =
  "GetItem BatchGetItem Query Scan ConditionCheckItem DescribeTable PutItem UpdateItem DeleteItem BatchWriteItem";
const moduleSix = "GetItem PutItem UpdateItem DeleteItem Query Scan";

const row = (access: string, options: Record<string, string>, allowed: Allowed): MatrixRow => ({
  access,
  options,
  allowed,
});

export const plainRows: MatrixRow[] = [
  row("reader", {}, { table: reader, ...everyIndex("Query Scan") }),
  row("writer", {}, { table: writer }),
  row("reader-writer", {}, { table: readerWriter, ...everyIndex("Query Scan") }),
  row("module", {}, { table: moduleSix, ...everyIndex("Query Scan") }),
  row("stream", {}, { stream: "DescribeStream GetRecords GetShardIterator", any: "ListStreams" }),
];

export const withoutScanRows: MatrixRow[] = [
  row(
    "reader",
    { scan: "false" },
    { table: "GetItem BatchGetItem Query ConditionCheckItem DescribeTable", ...everyIndex("Query") },
  ),
  row("writer", { scan: "false" }, { table: writer }),
  row(
    "reader-writer",
    { scan: "false" },
    {
      table:
        "GetItem BatchGetItem Query ConditionCheckItem DescribeTable PutItem UpdateItem DeleteItem BatchWriteItem",
      ...everyIndex("Query"),
    },
  ),
  row(
    "module",
    { scan: "false" },
    { table: "GetItem PutItem UpdateItem DeleteItem Query", ...everyIndex("Query") },
  ),
  row(
    "stream",
    { scan: "false" },
    { stream: "DescribeStream GetRecords GetShardIterator", any: "ListStreams" },
  ),
];

const partiqlWrites = "PartiQLInsert PartiQLUpdate PartiQLDelete";
export const partiqlRows: MatrixRow[] = [
  row(
    "reader",
    { partiql: "true" },
    { table: `${reader} PartiQLSelect`, ...everyIndex("Query Scan PartiQLSelect") },
  ),
  row("writer", { partiql: "true" }, { table: `${writer} ${partiqlWrites}` }),
  row(
    "reader-writer",
    { partiql: "true" },
    {
      table: `${readerWriter} PartiQLSelect ${partiqlWrites}`,
      ...everyIndex("Query Scan PartiQLSelect"),
    },
  ),
  row(
    "module",
    { partiql: "true" },
    { table: `${moduleSix} PartiQLSelect ${partiqlWrites}`, ...everyIndex("Query Scan PartiQLSelect") },
  ),
];

/** Their SELECT must be refused where it would read everything. */
export const partiqlWithoutScanRows: MatrixRow[] = [
  row(
    "reader",
    { partiql: "true", scan: "false" },
    {
      table: "GetItem BatchGetItem Query ConditionCheckItem DescribeTable PartiQLSelect",
      ...everyIndex("Query PartiQLSelect"),
    },
  ),
  row(
    "module",
    { partiql: "true", scan: "false" },
    {
      table: `GetItem PutItem UpdateItem DeleteItem Query PartiQLSelect ${partiqlWrites}`,
      ...everyIndex("Query PartiQLSelect"),
    },
  ),
];

/** No Scan; no index with another partition key. */
export const isolationRows: MatrixRow[] = [
  row(
    "reader",
    { leading_keys: tenant },
    { table: "GetItem BatchGetItem Query ConditionCheckItem DescribeTable", ...ownIndexes("Query") },
  ),
  row("writer", { leading_keys: tenant }, { table: writer }),
  row(
    "reader-writer",
    { leading_keys: tenant, partiql: "true" },
    {
      table: `GetItem BatchGetItem Query ConditionCheckItem DescribeTable PutItem UpdateItem DeleteItem BatchWriteItem PartiQLSelect ${partiqlWrites}`,
      ...ownIndexes("Query PartiQLSelect"),
    },
  ),
  row(
    "module",
    { leading_keys: tenant },
    { table: "GetItem PutItem UpdateItem DeleteItem Query", ...ownIndexes("Query") },
  ),
];

/** No call that puts or removes a whole item. */
export const attributeRows: MatrixRow[] = [
  row("reader", { attributes: "status" }, { table: reader, ...everyIndex("Query Scan") }),
  row("writer", { attributes: "status" }, { table: "UpdateItem ConditionCheckItem DescribeTable" }),
  row(
    "reader-writer",
    { attributes: "status", partiql: "true" },
    {
      table:
        "GetItem BatchGetItem Query Scan ConditionCheckItem DescribeTable UpdateItem PartiQLSelect PartiQLInsert PartiQLUpdate",
      ...everyIndex("Query Scan PartiQLSelect"),
    },
  ),
  row(
    "module",
    { attributes: "status" },
    { table: "GetItem UpdateItem Query Scan", ...everyIndex("Query Scan") },
  ),
  row(
    "reader-writer",
    { attributes: "status", leading_keys: tenant, partiql: "true" },
    {
      table:
        "GetItem BatchGetItem Query ConditionCheckItem DescribeTable UpdateItem PartiQLSelect PartiQLInsert PartiQLUpdate",
      ...ownIndexes("Query PartiQLSelect"),
    },
  ),
];

export const httpsRows: MatrixRow[] = [
  row("reader", { https_only: "true" }, { table: reader, ...everyIndex("Query Scan") }),
  row(
    "reader-writer",
    { https_only: "true", leading_keys: tenant, attributes: "status", partiql: "true" },
    {
      table:
        "GetItem BatchGetItem Query ConditionCheckItem DescribeTable UpdateItem PartiQLSelect PartiQLInsert PartiQLUpdate",
      ...ownIndexes("Query PartiQLSelect"),
    },
  ),
  row(
    "stream",
    { https_only: "true" },
    { stream: "DescribeStream GetRecords GetShardIterator", any: "ListStreams" },
  ),
];

/** A request that asks for one tenant's items, for chosen attributes, over HTTPS, and does not read everything. */
export const goodRequest: Record<string, string | string[]> = {
  "aws:PrincipalTag/tenant_id": "acme",
  "aws:SecureTransport": "true",
  "dynamodb:LeadingKeys": ["acme"],
  "dynamodb:Attributes": ["id", "line", "status"],
  "dynamodb:Select": "SPECIFIC_ATTRIBUTES",
  "dynamodb:ReturnValues": "NONE",
  "dynamodb:FullTableScan": "false",
};

/** What becomes of a request, by name: keys to change, or (null) to leave out. */
export const spoiled: Record<string, Record<string, string | string[] | null>> = {
  "another tenant's items": { "dynamodb:LeadingKeys": ["other"] },
  "one item of another tenant among its own": { "dynamodb:LeadingKeys": ["acme", "other"] },
  "no leading keys": { "dynamodb:LeadingKeys": null },
  "a caller without the tag": { "aws:PrincipalTag/tenant_id": null },
  "an attribute that was not chosen": { "dynamodb:Attributes": ["id", "line", "card_number"] },
  "no attributes": { "dynamodb:Attributes": null },
  "all attributes": { "dynamodb:Select": "ALL_ATTRIBUTES" },
  "all projected attributes": { "dynamodb:Select": "ALL_PROJECTED_ATTRIBUTES" },
  "no word on what is selected": { "dynamodb:Select": null },
  "the whole old item back": { "dynamodb:ReturnValues": "ALL_OLD" },
  "the whole new item back": { "dynamodb:ReturnValues": "ALL_NEW" },
  "no word on what is returned": { "dynamodb:ReturnValues": null },
  "a full table scan": { "dynamodb:FullTableScan": "true" },
  "plain HTTP": { "aws:SecureTransport": "false" },
};

const isolatedOnly = row("reader-writer", { leading_keys: tenant, partiql: "true" }, {});
const attributesOnly = row("reader-writer", { attributes: "status", partiql: "true" }, {});
const partiqlOnly = row("reader", { partiql: "true", scan: "false" }, {});
const httpsOnly = row("reader", { https_only: "true", partiql: "true" }, {});
const describeAlone: Allowed = { table: "DescribeTable" };
const changesAlone: Allowed = {
  table: "ConditionCheckItem UpdateItem PartiQLInsert PartiQLUpdate DescribeTable",
};
/** PartiQLInsert knows no ReturnValues. */
const readsAlone: Allowed = {
  table: "GetItem BatchGetItem Query Scan PartiQLSelect PartiQLInsert DescribeTable",
  ...everyIndex("Query Scan PartiQLSelect"),
};

/** What is left of a policy for a spoiled request. */
export const spoiledRows: [MatrixRow, spoiling: string, Allowed][] = [
  [isolatedOnly, "another tenant's items", describeAlone],
  [isolatedOnly, "one item of another tenant among its own", describeAlone],
  [isolatedOnly, "no leading keys", describeAlone],
  [isolatedOnly, "a caller without the tag", describeAlone],
  [
    isolatedOnly,
    "a full table scan",
    {
      table: `GetItem BatchGetItem Query ConditionCheckItem DescribeTable PutItem UpdateItem DeleteItem BatchWriteItem ${partiqlWrites}`,
      ...ownIndexes("Query"),
    },
  ],
  [attributesOnly, "an attribute that was not chosen", describeAlone],
  [attributesOnly, "no attributes", describeAlone],
  [attributesOnly, "all attributes", changesAlone],
  [attributesOnly, "all projected attributes", changesAlone],
  [attributesOnly, "no word on what is selected", changesAlone],
  [attributesOnly, "the whole old item back", readsAlone],
  [attributesOnly, "the whole new item back", readsAlone],
  [
    attributesOnly,
    "no word on what is returned",
    {
      table:
        "GetItem BatchGetItem Query Scan ConditionCheckItem DescribeTable UpdateItem PartiQLSelect PartiQLInsert PartiQLUpdate",
      ...everyIndex("Query Scan PartiQLSelect"),
    },
  ],
  [
    partiqlOnly,
    "a full table scan",
    { table: "GetItem BatchGetItem Query ConditionCheckItem DescribeTable", ...everyIndex("Query") },
  ],
  [httpsOnly, "plain HTTP", {}],
];
